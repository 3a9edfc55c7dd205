"""What is kept of every session, in one SQLite file: storing it as it happens, and looking at it again.

`store` keeps events and lists sessions; `review` turns the events of a session into what a person wants to see;
`export` gives both as JSON values. Nothing is imported here: SQLite is loaded by who needs `store`.
"""
