"""The console: web pages for people, without JavaScript.

It holds no data, no secret and no token: it asks the services' REST APIs like any client, and whoever it asks for is
nobody in particular. Two things can be done here: a visit is rated, a certificate is checked.

    browser ─▶ app (route, limits, headers) ─▶ rating | certificates ─▶ services (REST) ─▶ templates ─▶ browser

Read ``app`` first. ``docs/spec/console.md`` says what the pages promise.
"""
