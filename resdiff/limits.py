"""How much a file may cost: all limits, for the command and for who calls the library; docs/security.md has the table.

A resolution is small: the longest, 70/1 (the 2030 Agenda), has 110,000 characters in French, in 400 paragraphs. The
limits leave ten to thirty times that, and keep what a file may cost to seconds and to 200 million bytes of memory.
"""

# ---- a file, its text -----------------------------------------------------------------------------------------------

FILE = 20_000_000  # bytes of a file; the largest document met, a Word file with pictures, has 3 million
CHARACTERS = 4_000_000  # of a text
LINES = 100_000  # of a text; 70/1 has 2,500 when it is wrapped
PARAGRAPHS = 5_000  # of a text, points counted: the time to compare two grows with their product
LINE = 400_000  # characters of one line: a whole resolution may stand on one
FRONT = 100_000  # characters of front matter; that of a resolution has 700
NESTING = 60  # tokens of Markdown in each other: two a level of points
TABLE = 1_000_000  # bytes of a table that a person writes: topics, links, a series; ours of topics has a tenth

# ---- a reader of a format that others write: a process of its own ---------------------------------------------------

SECONDS = 5  # of processor time; reading 70/1 as a Word file takes 0.3, a PDF of 40 pages 1
MEMORY = 480 * 2**20  # bytes of address space, beside what the process has when it begins
WAIT = 60.0  # seconds by the clock: a busy machine may make a reader wait

# ---- Word files -----------------------------------------------------------------------------------------------------

UNPACKED = 150_000_000  # bytes all parts may have together; a resolution with its styles has 2 million
PART = 40_000_000  # bytes of a part of XML; a resolution has under 2 million
PARTS = 5_000  # files in it; a resolution has about 20
ELEMENTS = 600_000  # signs "<" or "=" of a part: each costs memory; 70/1 has 60,000
RELATIONS = 100_000  # bytes of a part that says where the others are; that of a resolution has 2,000

# ---- web pages ------------------------------------------------------------------------------------------------------

TAGS = 150_000  # signs "<" of a page; the page of a resolution saved by Word has 8,000
ATTRIBUTES = 500  # of one tag: the parser's time grows with their square; no page met has over 30

# ---- PDF ------------------------------------------------------------------------------------------------------------

PAGES = 150  # of a file; 70/1 has 38
RUNS = 250_000  # runs of letters of a file; a page of a resolution has 60 to 300
GLYPHS = 800_000  # letters of a file: what the seconds above allow; 70/1 has 110,000
OBJECTS = 3_000  # drawn things looked at on a page: one rule above the notes, one picture of a scan
ANNOTATIONS = 2_000  # looked at on a page
PIXELS = 9_000_000  # of the picture of a page: A4 at 300 dots an inch
OCR_PAGES = 60  # pages read by tesseract
OCR_SECONDS = 120.0  # by the clock, for one page; A4 takes 3 to 8

# ---- LibreOffice ----------------------------------------------------------------------------------------------------

OFFICE_SECONDS = 90.0  # by the clock; a first start takes 3 to 10, a resolution 1
OFFICE_MANIFEST = 1_000_000  # bytes of the list of parts of an OpenDocument; that of a resolution has 2,000

# ---- Chromium -------------------------------------------------------------------------------------------------------

PRINT_SECONDS = 60.0  # by the clock; a report takes 1 to 3, on a busy machine ten times that

# ---- programs outside: LibreOffice, tesseract -----------------------------------------------------------------------

PROGRAM_SECONDS = 30  # of processor time; LibreOffice takes 1 to 5, a page of OCR 3 to 8
PROGRAM_MEMORY = 1536 * 2**20  # bytes of address space: LibreOffice takes 900 million, of which it fills 220
PROGRAM_FILE = 30_000_000  # bytes of any file that they write

# ---- the document service -------------------------------------------------------------------------------------------

FETCH_SECONDS = 60.0  # for one document, all tries together
FETCH_BYTES = 50 * 2**20  # the largest resolutions with annexes are a few megabytes
FETCH_TRIES = 4
FETCH_PACE = 1.0  # seconds between two requests: the service is shared
FETCH_PATIENCE = 20.0  # seconds; a longer Retry-After is told, not slept
FETCH_REDIRECTS = 10

# ---- a cluster ------------------------------------------------------------------------------------------------------

CLUSTER_SECONDS = 30.0  # until a scheduler answers, a worker is there, a result comes over
SERIES_MEMORY = 1024 * 2**20  # bytes of address space for a series that took workers along; others take a fifth

# ---- reading what another program writes -----------------------------------------------------------------------------

PIPE_SECONDS = 5.0  # how long a pipe may have nobody who writes into it

# ---- the local page --------------------------------------------------------------------------------------------------

UPLOAD = 41_000_000  # bytes of a request: two files, and the fields around them
UPLOAD_SECONDS = 60.0  # by the clock, for all of one
UPLOADS = 8  # requests with more than a form in them at once: their bytes stand in memory
HEAD_SECONDS = 20.0  # by the clock, until the head of a request is whole
HEAD = 64 * 1024  # bytes of it
CONNECTIONS = 400  # at once; what comes beyond is told to come back
FIELDS = 60  # of a form
JOB_SECONDS = 60.0  # by the clock, for reading a text, comparing two, making a file; 70/1 takes 4
JOB_MEMORY = 1024 * 2**20  # bytes of address space that a worker may take beside what it has when a job begins
JOBS = 100  # that wait for a worker
LONG_SECONDS = 300.0  # by the clock, for a long draft, the editions of a series, drafts of many delegations
INDEX_SECONDS = 1800.0  # by the clock, for the index of a corpus; a thousand texts take some minutes
TASKS = 3  # pieces of long work of one person at once
ALL_TASKS = 12  # of all people: what was sent for them stands in memory meanwhile
WATCHERS = 8  # pages that are told of one piece of work
SESSIONS = 60  # people at once; the one who was away longest goes first
PAIRS = 20  # comparisons kept of one person
HELD = 200_000_000  # bytes kept of all texts and comparisons together

# ---- writing --------------------------------------------------------------------------------------------------------

LOCK_SECONDS = 10.0  # how long a run waits for another one that writes in the same folder


def bind() -> None:
    """Hold this process to ``SECONDS`` and ``MEMORY`` for the rest of its life, where the system knows how."""
    try:
        import resource
    except ImportError:  # Windows: time is kept by who waits alone
        return
    _most(resource.RLIMIT_AS, _taken() + MEMORY)
    _most(resource.RLIMIT_CPU, SECONDS)


def bind_memory() -> None:
    """Hold this process to ``SERIES_MEMORY`` beside what it has, where the system knows how."""
    try:
        import resource
    except ImportError:
        return
    _most(resource.RLIMIT_AS, _taken() + SERIES_MEMORY)


def _most(what: int, most: int) -> None:
    import resource

    hard = resource.getrlimit(what)[1]
    try:
        resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
    except (OSError, ValueError):  # macOS knows the name of a limit of memory, and keeps none
        return


def _taken() -> int:
    """Bytes of address space that this process has by now; 0 where the system does not say."""
    import os

    try:
        with open("/proc/self/statm", "rb") as file:  # noqa: PTH123 - a program apart loads no more than it needs
            return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return 0
