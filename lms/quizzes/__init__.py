"""Quizzes: questions with feedback to each answer, attempts that can be resumed, and a pass mark."""
