"""The job: paths flow in, a `Report` flows out; articles, runs and refused inputs stand in the database.

`database` brings a database to where the job can write; `batches` drops what is unchanged, `extracting` runs
`annotating` on an executor, `job` links, saves and reports; `reextraction` does the same with stored texts;
`fetched` makes inputs of addresses, and `watching` goes round over `watched_files` and `watched_feeds`;
`extraction_format` works without a database.
"""
