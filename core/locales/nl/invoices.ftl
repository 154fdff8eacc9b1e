# The invoices: the list, one invoice, paying, claims.

# The list
employer-pays = Je werkgever betaalt
employer-pays-detail = Er staat geen factuurrekening op jouw naam, dus er komt geen factuur naar jou. Dat is normaal.
no-invoices = Nog geen facturen
no-invoices-detail = Zodra je eigen kosten worden gefactureerd, staat de factuur hier.
bills-checked = Gecontroleerd { $moment }
nothing-fetched = Nog niets opgehaald
nothing-fetched-detail = Je facturen zijn nog niet opgehaald op deze telefoon. Maak verbinding met een netwerk en vernieuw.
bill-invoice = Factuur
bill-credit-note = Creditnota
bill-statement = Diensten van derden
bill-reminder = Herinnering
bill-document = Document
bill-issued = opgemaakt op { $date }

# Where its payment stands
bill-state-unknown = De operator zegt niet of ze betaald is
bill-open = Te betalen
bill-open-by = Te betalen tegen { $date }
bill-direct-debit = Via domiciliëring
bill-direct-debit-on = Via domiciliëring op { $date }
bill-marked-paid = Je gaf aan dat je betaald hebt
bill-pending = Betaling onderweg
bill-partly-paid = Deels betaald
bill-partly-paid-left = Deels betaald, nog { $amount }
bill-paid = Betaald
bill-overdue = Te laat
bill-overdue-since = Te laat, moest betaald zijn tegen { $date }
bill-reminded = Er is een herinnering verstuurd
bill-employer-contacted = Je werkgever is hierover gecontacteerd
bill-credited = Teruggenomen met een creditnota
bill-nothing-to-pay = Niets te betalen
bill-credit = Tegoed voor jou
bill-pay-the-invoice = Betaal de factuur waarover ze gaat

# Periods without an invoice
no-invoice = Geen factuur
no-invoice-nothing = Geen factuur: geen eigen kosten
no-invoice-small = Geen factuur: je eigen kosten waren niet hoger dan { $limit }
no-invoice-pending = Geen factuur: { $amount } komt misschien op een latere
no-invoice-yet = Nog geen factuur; ze kan nog komen
no-invoice-otherwise = Er kwam geen factuur, hoewel er een werd verwacht

# What runs
running-total = { $amount } tot nu toe, nog niet op een factuur
running-before = { $amount } tot nu toe, vóór het deel van je werkgever
running-unknown = Kosten die nog niet op een factuur staan
running-note = Voorlopig: bedragen kunnen nog wijzigen
running-subscription-first = De bijdrage van je werkgever gaat eerst naar het abonnement, dat nog niet bij deze kosten zit.
expected-threshold = Vanaf { $date } kan een factuur van ongeveer { $amount } komen, omdat je eigen kosten hoger zijn dan { $limit }.
expected-third = Vanaf { $date } kan een factuur van ongeveer { $amount } komen: in de derde periode komt er hoe dan ook een.
expected-nothing = Vanaf { $date } kan een overzicht komen waarop niets te betalen is.
expected-includes-earlier = Ze kan bedragen van vroegere periodes bevatten.
expected-waits = Voor deze periode wordt geen factuur verwacht: { $amount } komt misschien op een latere.
expected-none = Voor deze periode wordt geen factuur verwacht.
expected-later = Uiterlijk voor { $month } komt er hoe dan ook een.
expected-closing = De split bill eindigt met deze periode; een factuur voor het saldo kan meteen komen.

# Why it came
why-split-bill = Je werkgever draagt bij aan je abonnement; wat de bijdrage niet dekt, betaal je zelf.
why-covered = Je werkgever betaalde { $amount }.
why-subscription-first = De bijdrage gaat eerst naar het abonnement.
why-uncovered = Voor jouw rekening: { $amount } die de bijdrage niet dekte.
why-third-party = Ook voor jouw rekening: { $amount } voor diensten van derden, zoals parkeren via sms. Die betaal je altijd zelf, ook als er nog bijdrage over is.
why-lapses = Wat van een bijdrage overblijft, vervalt met de periode; er wordt niets overgedragen.
why-threshold = Ze kwam omdat je eigen kosten hoger waren dan { $limit }.
why-third-period = Ze kwam omdat het de derde periode was: dan komt er hoe dan ook een.
why-otherwise = Ze kwam anders dan verwacht; wat de operator factureert, telt.
why-switched = Dit toont hoe de operator telt; wat verwacht wordt, volgt dat voortaan.
why-credit-note = Ze geeft terug wat eerder werd gefactureerd; er is niets te betalen.
why-statement = Diensten van derden betaal je altijd zelf; ze staan apart.
why-reminder = Ze herinnert je aan een factuur die al bestaat; betaal die, één keer.

# Its first page
overview-tax-excluded = Zonder btw
overview-tax = Btw
overview-tax-rate = Btw { $rate }
overview-tax-included = Totaal met btw
overview-paid = Betaald
overview-left = Nog te betalen
section-detail = Alle lijnen
section-out-of-bundle = Waarvan buiten bundel

# Its lines
group-recurring = Abonnement
group-one-time = Eenmalig
group-usage = Verbruik
group-third-party = Diensten van derden
group-credit = Tegoeden en kortingen
group-employer = Betaald door je werkgever
group-penalty = Laattijdige betaling
group-other = Andere
line-third-party = Derde partij, betaal je altijd zelf
line-without-tax = zonder btw
line-no-amount = De operator geeft geen bedrag
line-provisional = Voorlopig

# What does not add up
warning-tax = Zonder btw plus btw is { $parts }, het totaal zegt { $total }. Beide zijn cijfers van de operator.
warning-line-tax = Van één lijn zijn de delen samen { $parts }, het totaal zegt { $total }.
warning-remaining = De operator zegt dat { $due } verschuldigd is en dat { $remaining } overblijft. Kijk op de afgedrukte factuur voor je betaalt.
warning-settled = Ze heet betaald, maar { $remaining } staat nog open.
warning-duplicate = Twee lijnen hebben hetzelfde nummer; beide worden getoond.
warning-no-amount = { $count-n ->
    [1] Eén lijn heeft
   *[other] { $count } lijnen hebben
} geen bedrag, dus wordt er niets uit de lijnen berekend.
warning-sum = De lijnen zijn samen { $detail }, het overzicht zegt { $overview }. Het overzicht telt; er wordt niets uit de lijnen berekend.
warning-rounding = Het verschil kan afronding zijn.
warning-out-of-bundle = De lijnen buiten bundel zijn samen { $detail }, het totaal van de operator zegt { $overview }.
warning-employer-share = Een lijn van het deel van je werkgever vraagt geld; vraag de operator wat dat betekent.

# Paying
pay-amount = Betaal { $amount }.
pay-if-not-yet = Je gaf aan dat je betaald hebt. Betaal alleen als je dat nog niet gedaan hebt.
pay-by = Betaal { $amount } tegen { $date }.
pay-was-due = Betaal { $amount }. Dat moest tegen { $date }.
pay-nothing = Er is hier niets te betalen.
pay-unknown = { $operator } zegt niet wat er te betalen is. Kijk op de afgedrukte factuur.
pay-direct-debit = Ze wordt via domiciliëring geïnd. Je hoeft niets te doen.
pay-direct-debit-on = Ze wordt op { $date } via domiciliëring geïnd. Je hoeft niets te doen.
pay-link = Betalen via { $host }
pay-no-account = De operator geeft hier geen rekening om op te betalen. Kijk op de afgedrukte factuur.
pay-other-account = Het rekeningnummer is niet dat van je vorige factuur. Bel { $operator } op een nummer dat je kent, niet op een nummer van deze factuur, en vergelijk voor je betaalt.
pay-account-new = Rekening op deze factuur
pay-account-before = Rekening tot nu toe
pay-other-name = De rekening is dezelfde, de naam van de begunstigde is anders. Vraag het bij twijfel aan { $operator }.
pay-field-name = Begunstigde
pay-field-iban = Rekening
pay-field-amount = Bedrag
pay-field-structured = Gestructureerde mededeling
pay-field-reference = Referentie
pay-field-message = Mededeling
pay-name-check = Je bank kan melden dat de naam niet exact overeenkomt. Vergelijk hem met de naam hier.
pay-doubtful = De controlecijfers van de referentie kloppen niet, dus er is geen QR-code. Neem ze over zoals ze gedrukt is, of vraag het de operator.
pay-qr-note = Scan hem in de app van je bank op een ander toestel; een camera-app toont enkel tekst.
pay-qr-other-way = Mijn bank herkent de mededeling niet

# Documents
document-not-here = Niet gedownload
document-downloading = Wordt gedownload
document-partly = Deels gedownload
document-here = Gedownload
document-removed = Van deze telefoon verwijderd, download ze opnieuw

# Claims and disputes
claim-subject = Kosten om terug te vragen: { $invoice }
claim-total = Totaal met btw: { $amount }
claim-no-total = Een lijn heeft geen bedrag, dus er is geen totaal.
claim-covered = Let op: van deze kosten heeft de werkgever al minstens { $amount } betaald, met de bijdrage op deze factuur.
claim-line-covered = betaald door de werkgever
claim-name = Naam: ____________________
claim-number = Gsm-nummer: ____________________
claim-footer = Kopie van lijnen van mijn privéfactuur; dit is geen factuur.
csv-invoice = Factuur
csv-date = Datum
csv-what = Omschrijving
csv-amount = Bedrag met btw (EUR)
dispute-subject = Vraag over een aanrekening: { $what }
dispute-body =
    Goedendag,

    Op mijn factuur van { $operator } ({ $invoice }) staat deze lijn: { $line }.

    Ik herken ze niet. Kunt u me zeggen welke dienst dit was, wanneer en hoe die besteld werd, en hoe ik die kan laten stopzetten en mijn geld terugkrijg als ik die niet besteld heb?

    Met vriendelijke groeten
