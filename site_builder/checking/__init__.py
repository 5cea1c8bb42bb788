"""Looking at what an archive points to: are the pages that it cites still there?"""
