"""Documents and mails: rendering, wording, conversion."""
