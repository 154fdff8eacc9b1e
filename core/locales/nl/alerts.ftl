# Verbruiksmeldingen: de melding zelf en hun deel van het scherm Meldingen.

alert-reached = { $title }: { $reached } bereikt
alert-used = { $title }: { $share } verbruikt
alert-body = { $what }. { $counted }.
alert-locked = Nieuws over je verbruik. Open de app om het te lezen.
alert-sample-title = Zo ziet een melding eruit
alert-sample-body = Ze zegt wat bijna opgebruikt is, hoeveel ervan verbruikt is en tot wanneer dat geteld is.

alert-at-share = Bij { $percent } van een tegoed
alert-at-costs = Bij { $amount } buiten bundel
alert-every-costs = Telkens bij { $amount } buiten bundel
alert-at-roaming = Bij { $percent } van de limiet op kosten voor dataroaming
alert-by-sms = Per sms verstuurd door { $operator }
alert-by-email = Per e-mail verstuurd door { $operator }
alert-employer-sms = Per sms verstuurd door { $operator }, op vraag van je werkgever
alert-employer-email = Per e-mail verstuurd door { $operator }, op vraag van je werkgever
alert-sent-note = { $operator } verstuurt deze zelf, volgens de eigen telling en op een eigen moment. Wat je hier kiest, verandert of stopt ze niet.
alert-quiet = Stil van { $from } tot { $to }
alert-quiet-off = Geen stille uren
alert-told = Verstuurd { $moment }
alert-waits = Wordt { $moment } verstuurd
alert-waits-now = Wordt nu verstuurd
alert-in-app = Alleen hier te zien
