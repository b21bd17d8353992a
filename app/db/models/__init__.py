"""The tables, a file per resource. Importing `app.db.models.tables` registers all of them."""
