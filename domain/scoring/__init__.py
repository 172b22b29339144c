"""How scores come about and what they are worth: panels, competencies, points, pass marks, lots and robustness."""


class ScoringError(ValueError):
    """Something cannot be scored; the message names the candidate, competency, criterion or mark."""
