"""Keeping an archive: signed-off manifests, bags for a repository, packets of evidence."""
