# Helpartikels, in de volgorde van iemands eerste weken. "-title" is de titel van een artikel, "-words" waarop het ook gezocht
# wordt en wat nooit getoond wordt.

# In meer dan één artikel
help-test-call = Bel iemand om te zien of het werkt.
help-no-network = Geen netwerk, terwijl het al zou moeten werken? Start je telefoon één keer opnieuw. Helpt dat niet, vraag het dan aan je fleetmanager.

help-sim-card-title = Je eerste dag met een simkaart
help-sim-card-words = sim, kaart vervangen, veranderen, chip, nano-sim, plaatsen, insteken, starten, activeren, activatie, beginnen, nieuwe gsm, kaart niet ontvangen, niet gekregen, niet aangekomen, levering, post
help-sim-card-keep = Bewaar de houder van je simkaart: je pincode en je PUK-code staan erop gedrukt.
help-sim-card-when = Met een nieuw nummer werkt de simkaart vanaf het afgesproken moment. Behoud je je nummer, dan werkt ze zodra je oude simkaart geen signaal meer heeft.
help-sim-card-insert = Zet je telefoon uit, steek de simkaart erin en zet de telefoon weer aan.
help-sim-card-pin = Vraagt de telefoon de pincode, typ dan die van de houder.
help-sim-card-missing = Is je kaart niet aangekomen? Vraag het aan je fleetmanager: je werkgever heeft ze besteld en weet waar ze naartoe gestuurd is.

help-esim-title = Je eerste dag met een eSIM
help-esim-words = QR-code, scannen, activatie, activeren, profiel, digitale simkaart, installeren, bevestigingscode, starten, e-mail niet ontvangen, niet gekregen, niet aangekomen, activatiecode, activeringscode
help-esim-what = Een eSIM is een simkaart zonder kaart. { $operator } stuurt je een e-mail om het profiel ervan te vervolledigen. Tot je dat gedaan hebt, heeft je telefoon geen netwerk.
help-esim-prepare = Verbind je telefoon met wifi en hou de e-mail bij de hand, als het kan op een ander scherm.
help-esim-complete = Doe wat in de e-mail staat, tot je telefoon de eSIM toont.
help-esim-code = Vraagt de telefoon een bevestigingscode, zoek die dan in de tekst van de e-mail.
help-esim-once = De code in de e-mail werkt meestal maar één keer. Toon ze aan niemand: wie ze gebruikt, heeft je nummer.
help-esim-keep = Bewaar de e-mail: je pincode en je PUK-code staan erin.
help-esim-lost = Vind je de e-mail niet? Kijk ook bij je spam en vraag het dan aan je fleetmanager.
help-esim-new-phone = Een nieuwe telefoon? De eSIM verhuist niet vanzelf mee: vraag je fleetmanager een nieuwe code voor je de oude telefoon wegdoet.

help-keep-number-title = Je nummer behouden
help-keep-number-words = gsm-nummer, nummerbehoud, nummeroverdracht, overdragen, overzetten, meenemen, porteren, portering, van operator veranderen, te laat, vergoeding, schadevergoeding, hoe lang, duur
help-keep-number-what = { $operator } zet je nummer over en beëindigt het contract bij je vorige operator. Je hoeft het niet zelf op te zeggen.
help-keep-number-both = Hou je twee simkaarten bij de hand, de oude en de nieuwe. Laat de oude in je telefoon zolang ze signaal heeft.
help-keep-number-signal = Heeft de oude simkaart geen signaal meer, dan is de nieuwe actief. Schakel over op de nieuwe en start je telefoon opnieuw.
help-keep-number-usual = Wat gebruikelijk is: binnen { $usual } na de start van de overdracht, vaak vroeger.
help-keep-number-law = Wat de wet toestaat: één werkdag, nadat de operatoren de aanvraag gecontroleerd hebben. Een overdracht die op vrijdag start, is op zondag niet te laat.
help-keep-number-stop = Je vorige operator kan je een sms sturen met de vraag om STOP te antwoorden als de overdracht niet van jou komt. Heb je ze zelf gevraagd, antwoord dan niet. Heb je ze niet gevraagd, antwoord dan STOP binnen { $stop }.
help-keep-number-late = Duurt het langer? Vraag het aan je fleetmanager of aan { $operator }: je moet bij de nieuwe operator zijn, niet bij de vorige.
help-keep-number-compensation = Gaat het nummer meer dan één werkdag na de afgesproken dag over, dan kan een vergoeding van { $daily } per dag gevraagd worden, in sommige gevallen { $most }. Die komt niet vanzelf: de houder van het contract, meestal de werkgever, vraagt ze aan { $operator } binnen zes maanden na de aanvraag van de overdracht.

help-new-number-title = Starten met een nieuw nummer
help-new-number-words = gsm-nummer, activeren, activatie, eerste dag, afgesproken datum, beginnen
help-new-number-when = Een nieuw nummer werkt vanaf het afgesproken moment. Tot dan heeft je telefoon er geen netwerk mee.
help-new-number-sim = Steek de simkaart in je telefoon, of vervolledig je eSIM zoals in de e-mail staat.
help-new-number-wait = Wacht op het afgesproken moment.
help-new-number-ask = Ken je het moment of je nummer niet? Vraag het aan je fleetmanager.

help-pin-and-puk-title = Pincode en PUK-code
help-pin-and-puk-words = PIN, code, geblokkeerd, vergeten, ontgrendelen, deblokkeren, foute code, pogingen
help-pin-and-puk-what = De pincode opent je simkaart als je telefoon start. De PUK-code opent ze weer na { $pins } foute pincodes. Bewaar ze allebei waar je ze terugvindt.
help-pin-and-puk-card = Bij een simkaart staan ze gedrukt op de houder van de kaart.
help-pin-and-puk-esim = Bij een eSIM staan ze in de activatiemail.
help-pin-and-puk-app = De app toont ze ook: kies bij je simkaart “{ $pin }” of “{ $puk }”. Na een halve minuut verdwijnen ze weer van het scherm.
help-pin-and-puk-blocked = Is de simkaart geblokkeerd? Typ de PUK-code precies zoals ze er staat; daarna kies je een nieuwe pincode. Intussen werkt je telefoon nog via wifi.
help-pin-and-puk-change = Wil je een andere pincode? Kies ze in de instellingen van je telefoon, bij de beveiliging van de simkaart.
help-pin-and-puk-guess = Gok nooit naar een PUK-code. Na { $puks } foute is de simkaart voorgoed verloren en helpt alleen een nieuwe van je werkgever. Je telefoon uitzetten zet de teller niet op nul.
help-pin-and-puk-secret = Geef je pincode en je PUK-code aan niemand.

help-no-network-title = Geen netwerk
help-no-network-words = geen bereik, geen signaal, geen dienst, geen service, geen ontvangst, dekking, alleen noodoproepen, zoeken, werkt niet, simkaart niet herkend, niet gevonden
help-no-network-settings = Kijk in de instellingen van je telefoon of de sim ingeschakeld is en de vliegtuigstand uit staat.
help-no-network-restart = Start je telefoon opnieuw. Vraagt hij de pincode, typ ze dan.
help-no-network-indoors = Alleen binnen? Waar het mobiele signaal zwak is, kan je telefoon bellen via wifi.
help-no-network-ask = Is er nog altijd geen? Vraag het aan je fleetmanager.

help-lost-phone-title = Verloren of gestolen
help-lost-phone-words = telefoon kwijt, gsm kwijt, gestolen, diefstal, dief, weg, vinden, kapotte gsm
help-lost-phone-tell = Verwittig meteen je fleetmanager, zodat je simkaart geblokkeerd wordt. De lijn is van je werkgever. Bereik je daar niemand, vraag het dan aan { $operator }.
help-lost-phone-new = Vraag een nieuwe simkaart of eSIM met je nummer. Alleen je werkgever kan die bestellen.
help-lost-phone-esim = Had je een eSIM? Die is weg met de telefoon, en de code in je oude e-mail werkt meestal maar één keer: je hebt een nieuwe nodig.
help-lost-phone-pin = Tot de simkaart geblokkeerd is, beschermt haar pincode ze als de telefoon opnieuw gestart wordt of als ze in een andere telefoon gestoken wordt. Een telefoon die aan blijft, beschermt ze niet.

help-account-title = Je account maken
help-account-words = registreren, aanmelden, inloggen, login, wachtwoord, vergeten, profiel, gebruikersnaam
help-account-split = Dit is voor jou als je werkgever de hele factuur betaalt. Splitst je werkgever de factuur, dan heb je een uitnodiging nodig.
help-account-create = Kies “{ $create }” op het aanmeldscherm. De pagina van { $operator } gaat open.
help-account-number = Geef je gsm-nummer in en vervolledig je profiel.
help-account-sign-in = Vanaf dan meld je je aan met je gsm-nummer en je wachtwoord, zowel in de app als in het portaal.

help-account-with-split-bill-title = Je account maken met split bill
help-account-with-split-bill-words = registreren, uitgenodigd, code, kwijt, verloren, e-mail, opnieuw sturen, privé, gesplitste factuur
help-account-with-split-bill-what = Met split bill kan je zelf geen account maken. Je krijgt een uitnodiging per e-mail als je nummer geactiveerd wordt.
help-account-with-split-bill-find = Zoek de e-mail met de uitnodiging, ook bij je spam.
help-account-with-split-bill-open = Open de link op deze telefoon, of kies “{ $enter }” op het aanmeldscherm en typ de code. Vervolledig daarna je profiel.
help-account-with-split-bill-lost = Kwijt? Je werkgever stuurt ze opnieuw vanuit het portaal van { $operator }. “{ $lost }” maakt de vraag voor je klaar.

help-usage-and-alerts-title = Je verbruik en je meldingen
help-usage-and-alerts-words = data, gigabyte, GB, minuten, bellen, bundel, tegoed, verwittigen, waarschuwing, limiet, drempel, procent
help-usage-and-alerts-what = Het scherm Verbruik toont wat je in deze periode verbruikt hebt en wat er nog over is.
help-usage-and-alerts-counted = Bij de cijfers staat tot wanneer { $operator } geteld heeft. Wat je daarna verbruikte, zit er nog niet in.
help-usage-and-alerts-out = Wat niet in je abonnement zit, is buiten bundel. Het staat apart, samen met de diensten van derden zoals parkeren via sms.
help-usage-and-alerts-told = De app verwittigt je bij { $thresholds } van een tegoed.
help-usage-and-alerts-own = Je kan eigen drempels toevoegen, en uren waarop je met rust gelaten wordt.
help-usage-and-alerts-sent = { $operator } stuurt ook zelf meldingen, volgens de eigen telling. De app toont welke; veranderen of stoppen kan ze die niet.

help-plan-title = Je abonnement, en een ander vragen
help-plan-words = tarief, bundel, optie, upgrade, veranderen, wijzigen, meer data, buitenland
help-plan-what = Je abonnement en wat erin zit, staan op het scherm Verbruik.
help-plan-employer = Alleen je werkgever kan het veranderen, in het portaal van { $operator }. De app kan dat niet.
help-plan-ask = Past het niet? De app maakt een vraag aan je fleetmanager klaar. Zet erbij wat je nodig hebt en verstuur ze.

help-split-bill-title = Split bill: wie betaalt wat
help-split-bill-words = gesplitste factuur, bijdrage, budget, werkgever, privéfactuur, derden, parkeren, overdragen, resterend
help-split-bill-without = Zonder split bill betaalt je werkgever het abonnement en krijg je geen factuur.
help-split-bill-third-parties = Diensten van derden, zoals parkeren via sms, betaal je altijd zelf, ook als er nog bijdrage over is.
help-split-bill-limit = Er komt een factuur als je eigen kosten in totaal hoger zijn dan { $limit }; bij precies { $limit } komt er geen. Wat niet aangerekend werd, kan op een latere factuur staan.
help-split-bill-third-period = Hoogstens twee periodes gaan voorbij zonder factuur. In de derde komt er hoe dan ook een, ongeacht het bedrag.

help-invoice-title = Je factuur lezen
help-invoice-words = rekening, totaal, bedrag, btw, detail, pdf, downloaden, kosten, onbekend
help-invoice-first = De eerste pagina is het overzicht met het totaal.
help-invoice-detail = Daarna volgen de details.
help-invoice-out = Alle kosten buiten bundel staan helemaal achteraan.
help-invoice-none = Een maand zonder factuur is normaal: je eigen kosten waren niet hoger dan { $limit }, of je werkgever betaalt alles.
help-invoice-dispute = Een kost die je niet herkent? Kies de lijn en de app maakt een vraag aan { $operator } klaar.
help-invoice-offline = Een factuur die je gedownload hebt, gaat ook zonder netwerk open.

help-paying-title = Betalen, en herinneringen
help-paying-words = betaling, factuur betalen, overschrijving, bank, IBAN, rekeningnummer, gestructureerde mededeling, QR, domiciliëring, vervaldag, te laat, aanmaning
help-paying-when = Op de factuur staat hoeveel er te betalen is, en tegen wanneer.
help-paying-how = Betaal op de pagina van { $operator } als de app dat aanbiedt. Of schrijf het bedrag over: kopieer het rekeningnummer en de gestructureerde mededeling precies zoals ze er staan, of scan de QR-code in de app van je bank op een ander toestel.
help-paying-debit = Bij een domiciliëring hoef je niets te doen.
help-paying-account = Is het rekeningnummer niet dat van je vorige factuur? Bel voor je betaalt naar { $operator }, op een nummer dat je kent, en vergelijk.
help-paying-reminder = Een herinnering gaat over een factuur die al bestaat. Betaal die, één keer.
help-paying-unpaid = Blijft een factuur onbetaald, dan herinnert { $operator } eerst jou en contacteert daarna je werkgever.

help-wifi-calling-title = Bellen via wifi
help-wifi-calling-words = VoWiFi, WLAN, draadloos, wifi-oproep, binnenshuis, dekking, slecht bereik, inschakelen
help-wifi-calling-what = Waar het mobiele signaal zwak is, kan je telefoon via wifi bellen. Dat gaat vanzelf als het eenmaal aanstaat.
help-wifi-calling-two = Twee dingen zijn nodig: { $operator } laat het toe voor je lijn, en het staat aan op je telefoon.
help-wifi-calling-iphone = Op een iPhone: ga naar de instellingen, dan naar het mobiele netwerk, dan naar bellen via wifi, en zet het aan voor deze iPhone.
help-wifi-calling-android = Op Android: ga naar de belinstellingen, dan naar bellen via wifi, en zet het aan. Waar dat staat, verschilt van toestel tot toestel.
help-wifi-calling-walk = Het scherm Bellen via wifi brengt je er stap voor stap naartoe op je eigen telefoon, en helpt je nagaan of het werkt.

help-wifi-calling-abroad-title = Bellen via wifi in het buitenland, en 112
help-wifi-calling-abroad-words = roaming, reis, vakantie, EU, noodoproep, noodnummer, ambulance, politie, brandweer
help-wifi-calling-abroad-what = Vraag voor je vertrekt aan je fleetmanager wat bellen via wifi in het buitenland kost.
