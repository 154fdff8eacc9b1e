# Anmeldung, Einladungen und App-Sperre, von oben nach unten.

sign-in-with-number = Mit Ihrer Mobilnummer anmelden
first-time-here = Zum ersten Mal hier?
create-account = Konto anlegen
split-bill = Mein Arbeitgeber teilt die Rechnung
split-bill-sentence = Dann legen Sie Ihr Konto mit einer Einladung an: einer E-Mail mit einem Link und einem Code, die Ihr Arbeitgeber sendet, wenn Ihre Nummer startet.
split-bill-enter = Einladung eingeben
split-bill-lost = Ich habe die Einladung verloren
invitation-title = Ihre Einladung von { $operator }
invitation-sentence = Damit legen Sie Ihr Konto auf der Seite von { $operator } an. Noch ist nichts geschehen, und es geschieht nichts, bis Sie fortfahren.
invitation-go-on = Weiter zu { $operator }
invitation-not-now = Nicht jetzt
invitation-signed-in = Sie sind schon angemeldet. Diese Einladung gilt vielleicht für ein anderes Konto.
unlock-prompt = Entsperren, um Ihren Verbrauch zu sehen
secrets-prompt = PIN und PUK anzeigen
pin-prompt = PIN anzeigen
puk-prompt = PUK anzeigen
health-unsaved = Ihre Anmeldung konnte noch nicht gespeichert werden. Lassen Sie die App offen und das Telefon einen Moment entsperrt.
health-renewal-failing = Ihre Sitzung konnte seit mehr als einem Tag nicht erneuert werden. Bleibt es so, hilft vielleicht eine neue Anmeldung.
sign-out-unsent = { $count-n ->
    [1] Eine Änderung Ihrer Mitteilungen ist noch nicht gesendet. Sie geht dann verloren.
   *[other] { $count } Änderungen Ihrer Mitteilungen sind noch nicht gesendet. Sie gehen dann verloren.
}
landing-title = Sie sind angemeldet
landing-close = Sie können diese Seite schließen und dorthin zurückkehren, wo Sie begonnen haben.

# Die Orte der App.
place-getting-started = Erste Schritte
place-getting-started-short = Start
place-usage = Verbrauch
place-usage-short = Verbrauch
place-invoices = Rechnungen
place-wifi-calling = WLAN-Anrufe
place-sim = PIN und PUK
place-notifications = Mitteilungen
place-plan = Ihr Tarif
place-help = Hilfe
place-settings = Einstellungen
place-more = Mehr
