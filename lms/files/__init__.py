"""Files: private uploads, checked on the way in and handed out only by the rooms that own them."""
