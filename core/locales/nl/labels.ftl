# Woorden van de apps rond wat de onderdelen zeggen: knoppen, velden, kopjes.

label-back = Terug
label-close = Sluiten
label-cancel = Annuleren
label-confirm = Bevestigen
label-go-on = Verder
label-refresh = Vernieuwen
label-loading = Laden
label-copy = Kopiëren
label-copied = Gekopieerd
label-share = Delen
label-by-email = Via e-mail
label-open = Openen
label-show-more = Meer tonen
label-details = Details
label-write-to-employer = Schrijf naar je werkgever

label-browser-opened = Meld je aan op de pagina die openging. Daarna kom je hier terug.
label-invitation-field = Link of code van de uitnodiging
label-sign-out = Afmelden
label-sign-out-sentence = Je cijfers, facturen en codes worden dan van deze telefoon verwijderd.

label-line = Nummer
label-history = Verloop
label-days = Dag per dag
label-how-we-know = Hoe we dat weten
label-plan-contents = Wat erin zit
label-plan-not-right = Niet het juiste abonnement?

label-own-alerts = Je eigen meldingen
label-operator-alerts = Verstuurd door je operator
label-add-alert = Melding toevoegen
label-percent-field = Procent van de bundel
label-costs-field = Kosten in euro
label-remove = Verwijderen
label-quiet-hours = Stille uren
label-quiet-from = Van
label-quiet-to = Tot
label-try-one = Probeer er een
label-alerts-channel = Meldingen van deze app
label-told-before = Tot nu toe gemeld

label-why-this-invoice = Waarom je dit kreeg
label-overview = Overzicht
label-not-mine = Dit is niet van mij
label-claim = Terugvragen aan je werkgever
label-claim-note = Opmerking
label-claim-private = Met de gebelde nummers
label-claim-table = Als tabel delen
label-download = Downloaden
label-pause = Pauzeren
label-resume = Hervatten
label-pay = Hoe betalen
label-mark-paid = Ik heb betaald
label-mark-unpaid = Toch niet betaald
label-payee-is-right = Deze rekening klopt
label-scan-to-pay = Betaalcode voor de app van je bank

label-step-back = Eén stap terug
label-short-version = De korte versie
label-network = Dit netwerk
label-place-field = Naam van deze plek
label-send-report = Naar de helpdesk sturen
label-open-settings = Instellingen openen

label-keep-at-hand = Hou bij de hand
label-by-when = Tegen wanneer
label-if-not = En zo niet?
label-ask-compensation = Vergoeding vragen
label-read-article = Lees meer
label-esim-scan = Code scannen
label-esim-field = Volledige code (LPA)
label-confirmation-field = Bevestigingscode
label-esim-fetch = Code bij de operator ophalen
label-esim-install = eSIM installeren
label-esim-by-hand = Met de hand
label-show-pin = Pincode tonen
label-show-puk = PUK tonen
label-hide = Verbergen

label-search-help = Zoeken in hulp
label-nothing-found = Niets gevonden. Probeer een ander woord.
label-related = Verwant
label-contact = Contact
label-operator-pages = Van je operator
label-app-lock = App-vergrendeling
label-app-lock-sentence = Je cijfers gaan alleen open met je vinger, gezicht of code.
label-version = Versie
label-support-code = Code voor de helpdesk:

label-chosen = Gekozen
label-step-done = Klaar
label-step-current = Nu
label-step-ahead = Later
label-step-failed = Hier gestopt
