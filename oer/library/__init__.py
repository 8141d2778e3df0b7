"""Library: licences, competences and what every open resource says about itself, and the public catalogue."""
