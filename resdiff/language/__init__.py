"""The language of the text: keys for comparing (fold), lossless words (tokens), named repairs of scans (repair)."""
