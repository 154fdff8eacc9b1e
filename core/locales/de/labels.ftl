# Wörter der Apps um das herum, was die Funktionen sagen: Tasten, Felder, Überschriften.

label-back = Zurück
label-close = Schließen
label-cancel = Abbrechen
label-confirm = Bestätigen
label-go-on = Weiter
label-refresh = Aktualisieren
label-loading = Wird geladen
label-copy = Kopieren
label-copied = Kopiert
label-share = Teilen
label-by-email = Per E-Mail
label-open = Öffnen
label-show-more = Mehr anzeigen
label-details = Details
label-write-to-employer = An den Arbeitgeber schreiben

label-browser-opened = Melden Sie sich auf der geöffneten Seite an. Danach kommen Sie hierher zurück.
label-invitation-field = Link oder Code der Einladung
label-sign-out = Abmelden
label-sign-out-sentence = Ihre Zahlen, Rechnungen und Codes werden dann von diesem Telefon gelöscht.

label-line = Nummer
label-history = Verlauf
label-days = Tag für Tag
label-how-we-know = Woher wir das wissen
label-plan-contents = Was enthalten ist
label-plan-not-right = Nicht der richtige Tarif?

label-own-alerts = Ihre eigenen Warnungen
label-operator-alerts = Von Ihrem Anbieter gesendet
label-add-alert = Warnung hinzufügen
label-percent-field = Prozent des Pakets
label-costs-field = Kosten in Euro
label-remove = Entfernen
label-quiet-hours = Ruhezeiten
label-quiet-from = Von
label-quiet-to = Bis
label-try-one = Eine ausprobieren
label-alerts-channel = Hinweise dieser App
label-told-before = Bisher gemeldet

label-why-this-invoice = Warum Sie das bekommen
label-overview = Übersicht
label-not-mine = Das ist nicht von mir
label-claim = Beim Arbeitgeber einreichen
label-claim-note = Anmerkung
label-claim-private = Mit den angerufenen Nummern
label-claim-table = Als Tabelle teilen
label-download = Herunterladen
label-pause = Anhalten
label-resume = Fortsetzen
label-pay = So bezahlen Sie
label-mark-paid = Ich habe bezahlt
label-mark-unpaid = Doch nicht bezahlt
label-payee-is-right = Dieses Konto stimmt
label-scan-to-pay = Zahlungscode für Ihre Banking-App

label-step-back = Einen Schritt zurück
label-short-version = Die Kurzfassung
label-network = Dieses Netz
label-place-field = Name dieses Ortes
label-send-report = An den Support senden
label-open-settings = Einstellungen öffnen

label-keep-at-hand = Bereithalten
label-by-when = Bis wann
label-if-not = Und wenn nicht?
label-ask-compensation = Entschädigung verlangen
label-read-article = Mehr dazu
label-esim-scan = Code scannen
label-esim-field = Ganzer Code (LPA)
label-confirmation-field = Bestätigungscode
label-esim-fetch = Code beim Anbieter abrufen
label-esim-install = eSIM installieren
label-esim-by-hand = Von Hand
label-show-pin = PIN anzeigen
label-show-puk = PUK anzeigen
label-hide = Verbergen

label-search-help = Hilfe durchsuchen
label-nothing-found = Nichts gefunden. Versuchen Sie ein anderes Wort.
label-related = Verwandtes
label-contact = Kontakt
label-operator-pages = Von Ihrem Anbieter
label-app-lock = App-Sperre
label-app-lock-sentence = Ihre Zahlen öffnen sich nur mit Finger, Gesicht oder Code.
label-version = Version
label-support-code = Code für den Support:

label-chosen = Ausgewählt
label-step-done = Erledigt
label-step-current = Jetzt
label-step-ahead = Später
label-step-failed = Hier angehalten
