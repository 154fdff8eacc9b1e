# Verbrauchshinweise: die Mitteilung selbst und ihr Teil des Bildschirms Mitteilungen.

alert-reached = { $title }: { $reached } erreicht
alert-used = { $title }: { $share } verbraucht
alert-body = { $what }. { $counted }.
alert-locked = Neues zu Ihrem Verbrauch. Öffnen Sie die App, um es zu lesen.
alert-sample-title = So sieht ein Hinweis aus
alert-sample-body = Er sagt, was fast aufgebraucht ist, wie viel davon verbraucht wurde und bis wann das gezählt ist.

alert-at-share = Bei { $percent } eines Kontingents
alert-at-costs = Bei { $amount } außerhalb des Pakets
alert-every-costs = Alle { $amount } außerhalb des Pakets
alert-at-roaming = Bei { $percent } der Grenze für Datenroaming-Kosten
alert-by-sms = Von { $operator } per SMS gesendet
alert-by-email = Von { $operator } per E-Mail gesendet
alert-employer-sms = Von { $operator } per SMS gesendet, auf Wunsch Ihres Arbeitgebers
alert-employer-email = Von { $operator } per E-Mail gesendet, auf Wunsch Ihres Arbeitgebers
alert-sent-note = { $operator } sendet diese selbst, nach eigener Zählung und zu eigener Zeit. Was Sie hier wählen, ändert oder stoppt sie nicht.
alert-quiet = Ruhe von { $from } bis { $to }
alert-quiet-off = Keine Ruhezeit
alert-told = Gesendet { $moment }
alert-waits = Wird { $moment } gesendet
alert-waits-now = Wird gerade gesendet
alert-in-app = Nur hier zu sehen
