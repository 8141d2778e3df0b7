"""Recognition: certificates that a person keeps, and that anybody can check by their code."""
