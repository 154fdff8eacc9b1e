# Getting started: from the order to the first call. Short, one thing at a time; what is usual and what the law allows are
# never one sentence.

# The steps from the order to the first call
start-step-ordered = Besteld
start-step-sim = Simkaart ontvangen
start-step-mail = Activatiemail ontvangen
start-step-esim = eSIM op je telefoon
start-step-number = Nummer gevraagd aan je vorige operator
start-step-old-signal = Oude sim zonder netwerk
start-step-works = Nieuwe sim werkt
start-step-account = Account
start-step-wifi = Bellen via wifi

# What is ordered
start-new-line = Je nieuwe lijn
start-case-card-new = Simkaart, nieuw nummer
start-case-card-kept = Simkaart, je eigen nummer
start-case-esim-new = eSIM, nieuw nummer
start-case-esim-kept = eSIM, je eigen nummer
start-case-new = Nieuw nummer
start-case-kept = Je eigen nummer
start-none = Er is niets voor je onderweg.
start-never-loaded = Op deze telefoon is nog niet bekend of er een lijn voor je onderweg is.
start-sim-card = Simkaart
start-sim-card-of = Simkaart van { $line }
start-sim-esim = eSIM
start-sim-esim-of = eSIM van { $line }
start-sims-failed = Je sims konden zonet niet geladen worden.
start-sims-kept = Je sims konden zonet niet geladen worden. Wat je ziet, werd { $when } gemeld.
start-sims-never = Op deze telefoon is nog niet bekend welke sims je hebt.
start-sims-none = { $operator } meldt geen sim voor je.
start-missing = { $operator } vermeldt deze bestelling niet meer. Wat je ziet, werd { $when } gemeld.

# The SIM
start-card = Je simkaart is onderweg
start-card-what = Zeg het hier zodra je ze hebt.
start-card-until = Tot dan verandert er niets aan je telefoon.
start-moving-already = Je nummer wordt al overgezet: je oude sim verliest haar netwerk zodra het over is, ook als de nieuwe er nog niet is.
start-card-keep = De houder van de kaart: PIN en PUK staan erop
start-card-if-not = Komt ze niet? Vraag het aan je werkgever, die ze besteld heeft.
start-mail = Zoek de activatiemail
start-mail-what = { $operator } stuurt je een e-mail met de code van je eSIM. De lijn heeft geen netwerk zolang de eSIM niet op je telefoon staat.
start-mail-keep = De e-mail: ook PIN en PUK staan erin
start-mail-if-not = Is hij er niet? Kijk bij je spam en vraag dan je werkgever om hem opnieuw te laten sturen.
start-esim = Zet de eSIM op je telefoon
start-esim-what = Maak verbinding met wifi en open dan de code uit de e-mail op deze telefoon, of scan hem van een ander scherm.
start-esim-once = Een code werkt meestal maar één keer: verwijder de eSIM daarna niet.

# The number
start-check = { $operator } controleert de overdracht van je nummer
start-check-what = Je vorige operator moet het eerst goedkeuren. Jij hoeft niets te doen.
start-waiting = { $operator } wacht op een antwoord
start-waiting-number = Iemand moet de overdracht van je nummer nog bevestigen. Kijk of je een bericht van { $operator } hebt en vraag het aan je werkgever.
start-waiting-line = { $operator } heeft nog iets nodig. Vraag het aan je werkgever, die de lijn besteld heeft.
start-scheduled = Je nummer gaat over { $when }
start-scheduled-what = Tot dan werkt je oude sim zoals voorheen.
start-both-keep = De oude sim en de nieuwe
start-stop = Je vorige operator kan je een sms sturen waarop je binnen 8 uur STOP antwoordt als je de overdracht niet gevraagd hebt. Heb je ze wel gevraagd, antwoord dan niet.
start-usual = Meestal klaar binnen 24 uur, vaak vroeger
start-law = Volgens de wet uiterlijk op { $date }
start-moving = Je nummer wordt overgezet
start-moving-what = Je oude sim verliest haar netwerk zodra het nummer over is. Vanaf dan werkt de nieuwe.
start-longer = Het duurt langer dan gewoonlijk. Het is nog niet te laat.
start-late = Je nummer had al over moeten zijn
start-late-ask = Vraag het aan { $operator }, niet aan je vorige operator.
start-late-since = Volgens de wet had je nummer uiterlijk op { $date } over moeten zijn.
start-late-was = Je nummer is later overgezet dan de wet toestaat: dat had uiterlijk op { $date } gemoeten.
start-late-right = Voor elke dag kan een vergoeding gevraagd worden: { $daily }, soms { $most }. Ze komt niet vanzelf: de houder van het contract, meestal je werkgever, vraagt ze uiterlijk op { $date } aan { $operator }.
start-refused = Je nummer kon niet overgezet worden
start-refused-data = Het klantnummer of het simkaartnummer bij je vorige operator klopt niet. Zoek ze allebei op een oude factuur op en geef ze aan je werkgever, die de overdracht opnieuw kan aanvragen.
start-refused-inactive = De lijn bij je vorige operator is niet in gebruik. Alleen een nummer dat nog werkt kan overgezet worden: zeg het dus niet zelf op.
start-refused-permitted = Het contract van je werkgever voorziet dit niet. Alleen je werkgever kan dat veranderen.
start-refused-other = { $operator } zegt niet waarom. Je werkgever kan het navragen.
start-refused-old = Je oude sim blijft werken.
start-refused-line = Je lijn kon niet aangemaakt worden
start-cancelled = De bestelling is geannuleerd
start-cancelled-what = Vraag je werkgever hoe het nu verder gaat.
start-suspended = { $operator } heeft je lijn geschorst
start-suspended-what = Er kan nu niemand mee bellen. Vraag je werkgever waarom.
start-ended = Je lijn is beëindigd
start-ended-what = Vraag je werkgever of dat de bedoeling is.

# The first call
start-try = Steek de nieuwe sim in je telefoon en probeer
start-try-esim = Zet de eSIM aan en probeer
start-try-what = Geef de PIN in, herstart de telefoon en bel iemand.
start-try-from = De lijn werkt { $when }.
start-try-later = Je lijn werkt { $when }
start-try-later-what = Hou de sim en haar pincode tot dan bij de hand. Eerder heeft ze geen netwerk.
start-try-later-esim = Tot dan heeft de eSIM geen netwerk, ook als ze al op je telefoon staat.
start-on-day = op { $date }
start-try-if-not = Na een herstart nog geen netwerk? Kijk bij de instellingen of de sim aanstaat en vraag het dan aan { $operator }.
start-ready = Je lijn is klaar
start-ready-card-if-not = Is de kaart er nog niet? Vraag het aan je werkgever, die ze besteld heeft.
start-ready-if-not = Geen netwerk? Staat de eSIM nog niet op je telefoon, zet ze er dan op met de code. Staat ze er al op, herstart dan de telefoon; helpt dat niet, vraag het dan aan { $operator }.
start-done = Je lijn werkt
start-done-code = Werkt ze op je telefoon? Zeg het hier: is de code van je eSIM op deze telefoon bewaard, dan wordt die gewist. Anders gebeurt dat vanzelf een maand nadat de lijn klaar was.
start-done-what = Eén ding is nog de moeite: bellen via wifi, voor plaatsen met slecht bereik.

# Answers
start-answer-has-sim = Ik heb de simkaart
start-answer-has-mail = Ik heb de e-mail
start-answer-has-profile = Ze staat op mijn telefoon
start-answer-old-signal-gone = Mijn oude sim heeft geen netwerk meer
start-answer-works = Het werkt
start-answer-undo = Mijn laatste antwoord intrekken

# A letter to the operator
start-claim-subject = Vergoeding voor de laattijdige overdracht van mijn nummer
start-claim-hello = Beste,
start-claim = Mijn nummer { $number } wordt overgezet naar { $operator }.
start-claim-moved = Mijn nummer { $number } is overgezet naar { $operator }.
start-claim-launched = De overdracht is gestart op { $launched } en moest volgens de wet uiterlijk op { $date } klaar zijn.
start-claim-under-way = De overdracht liep uiterlijk op { $seen } en moest volgens de wet uiterlijk op { $date } klaar zijn.
start-claim-open = Volgens de status van de bestelling bij u is dat nog niet zo.
start-claim-ask = Gelieve dit in orde te brengen en de vergoeding te betalen die voor elke dag vertraging verschuldigd is.
start-claim-done = Ze was klaar op { $done }.
start-claim-undone = Volgens de status van de bestelling bij u was dat op { $seen } nog niet zo.
start-claim-pay = Gelieve de vergoeding te betalen die voor elke dag vertraging verschuldigd is.
