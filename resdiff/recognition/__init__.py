"""What is known of one text: names, themes, and the forms they are found by."""
