# Worum jemand den Flottenmanager bittet, fertig zum Senden: höflich, kurz, und was zu tun ist.

request-invitation-subject = Bitte um erneute Einladung von { $operator }
request-hello = Guten Tag,
request-who = ich habe über die Arbeit einen Mobilfunkvertrag von { $operator }.
request-who-number = ich habe über die Arbeit einen Mobilfunkvertrag von { $operator } mit der Nummer { $number }.
request-invitation-lost = Die E-Mail mit der Einladung, mein Konto anzulegen, finde ich nicht mehr.
request-invitation-never-came = Um mein Konto anzulegen, brauche ich die Einladung per E-Mail, aber sie ist nicht angekommen.
request-invitation-used = Die Einladung, mein Konto anzulegen, wurde anscheinend schon benutzt, und ich habe kein Konto.
request-invitation-expired = Die Einladung, mein Konto anzulegen, ist abgelaufen.
request-invitation-unknown = Die Einladung, mein Konto anzulegen, wird nicht erkannt.
request-invitation-other = Die Einladung, die ich erhalten habe, gilt anscheinend für eine andere Nummer.
request-invitation-ask = Könnten Sie die Einladung bitte aus dem Portal von { $operator } noch einmal senden und dort prüfen, ob meine E-Mail-Adresse und meine Nummer stimmen?
request-plan-subject = Bitte um Prüfung meines Tarifs bei { $operator }
request-plan = Mein Tarif passt nicht zu dem, was ich für die Arbeit brauche.
request-plan-ask = Könnten Sie bitte im Portal von { $operator } nachsehen, ob ein anderer Tarif oder eine Option besser passt? Ich bräuchte:
request-wifi-subject = WLAN-Anrufe für meinen { $operator }-Anschluss
request-wifi = WLAN-Anrufe sind für meinen Anschluss nicht verfügbar.
request-wifi-ask = Könnten Sie { $operator } bitten, sie für mich freizuschalten, oder mir sagen, warum sie nicht angeboten werden?
request-number-subject = Meine Rufnummer und { $operator }
request-number = Die Mitnahme meiner eigenen Rufnummer steht still: Sie wartet auf etwas oder wurde abgelehnt.
request-number-ask = Könnten Sie im Portal von { $operator } nachsehen, was fehlt, etwa eine Bestätigung, die Kundennummer oder die SIM-Nummer beim bisherigen Anbieter, und die Mitnahme bestätigen oder, falls sie abgelehnt wurde, erneut beauftragen?
request-line-subject = Mein Anschluss bei { $operator }
request-line = Mein Anschluss ist bestellt, und ich kann nicht damit beginnen: Er wird aufgehalten oder wurde abgelehnt, oder meine SIM-Karte oder die E-Mail mit dem Code der eSIM ist nicht angekommen.
request-line-ask = Könnten Sie im Portal von { $operator } nachsehen, ob alles verschickt wurde und was fehlt?
request-thanks = Vielen Dank.
