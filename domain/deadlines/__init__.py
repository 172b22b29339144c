"""What falls due when: every deadline of the law as a named function of a calendar, its start and a rule set."""
