"""The job: read, extract, link, save; runs, quarantine and the report."""
