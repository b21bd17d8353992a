"""The types that the stages hand on: frozen, standard library only.

Reading yields `Article | UnreadableArticle`; extraction turns an `Article` into an
`AnnotatedArticle`; linking turns that into a `LinkedArticle`; storage writes it.
"""
