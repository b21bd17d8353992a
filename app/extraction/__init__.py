"""`Article` in, `AnnotatedArticle` out: a spaCy pipeline, a module per component."""
