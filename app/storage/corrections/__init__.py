"""What people decided: rows of `corrections` in, articles as they are to be saved out.

`log` reads and adds the rows, `applying` puts them on top of what linking gives, `rewriting` writes standing
articles again; the other modules make decisions about statements, speakers and organizations.
"""
