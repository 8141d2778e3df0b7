"""Matching: who goes to whom in a cohort. The arithmetic knows no Django; every result is proven and explained."""
