# Aanmelden, uitnodigingen en de app-vergrendeling, van boven naar onder.

sign-in-with-number = Aanmelden met je gsm-nummer
first-time-here = Voor het eerst hier?
create-account = Account maken
split-bill = Mijn werkgever splitst de factuur
split-bill-sentence = Dan maak je je account met een uitnodiging: een e-mail met een link en een code die je werkgever stuurt als je nummer start.
split-bill-enter = Uitnodiging ingeven
split-bill-lost = Ik ben de uitnodiging kwijt
invitation-title = Je uitnodiging van { $operator }
invitation-sentence = Hiermee maak je je account op de pagina van { $operator }. Er is nog niets gebeurd, en er gebeurt niets tot je verdergaat.
invitation-go-on = Verder naar { $operator }
invitation-not-now = Niet nu
invitation-signed-in = Je bent al aangemeld. Deze uitnodiging is misschien voor een andere account.
unlock-prompt = Ontgrendel om je verbruik te zien
secrets-prompt = Pincode en PUK tonen
pin-prompt = Pincode tonen
puk-prompt = PUK-code tonen
health-unsaved = Je aanmelding kon nog niet bewaard worden. Hou de app even open en je telefoon ontgrendeld.
health-renewal-failing = Je sessie kon al meer dan een dag niet vernieuwd worden. Blijft het zo, dan kan opnieuw aanmelden helpen.
sign-out-unsent = { $count-n ->
    [1] Eén wijziging van je meldingen is nog niet verstuurd. Ze gaat dan verloren.
   *[other] { $count } wijzigingen van je meldingen zijn nog niet verstuurd. Ze gaan dan verloren.
}
landing-title = Je bent aangemeld
landing-close = Je kan deze pagina sluiten en teruggaan naar waar je vandaan kwam.

# De plaatsen van de app.
place-getting-started = Aan de slag
place-getting-started-short = Start
place-usage = Verbruik
place-usage-short = Verbruik
place-invoices = Facturen
place-wifi-calling = Bellen via wifi
place-sim = Pincode en PUK
place-notifications = Meldingen
place-plan = Je abonnement
place-help = Hulp
place-settings = Instellingen
place-more = Meer
