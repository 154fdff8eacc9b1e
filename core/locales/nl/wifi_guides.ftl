# What a guide file refers to: what stands in the way, steps, the proof, symptoms and what to do.

# What stands in the way, and what to do about it
wifi-need-operator-sim = De simkaart in deze telefoon is van een andere operator
wifi-fix-operator-sim = Bellen via wifi wordt voor elke simkaart door de operator van die kaart geactiveerd. Plaats de simkaart die je van je werkgever kreeg, of vraag het aan de andere operator.
wifi-need-line = Zit de simkaart van je werkgever in deze telefoon?
wifi-fix-line = Deze telefoon vertelt apps niet van welke operator de simkaart is. Heb je twee lijnen, kijk dan welke je nummer heeft.
wifi-need-os = De software van deze telefoon is te oud voor bellen via wifi
wifi-fix-os = Werk de telefoon bij in de instellingen, als er een update is, en kom hier terug.
wifi-need-carrier-profile = Deze telefoon zegt dat hij bellen via wifi van je operator niet ondersteunt
wifi-fix-carrier-profile = Sommige telefoons zeggen dat en kunnen het toch: zoek de schakelaar. Installeer eerst updates; een toestel uit een andere regio krijgt hem misschien nooit.
wifi-need-vpn = Er staat een VPN aan
wifi-fix-vpn = Adblockers die als VPN werken, tellen ook mee. Pauzeer de VPN of adblocker en zet wifi uit en weer aan. Verplicht je bedrijf de VPN, vraag het dan aan je IT-dienst.
wifi-need-private-dns = Privé-DNS staat aan
wifi-fix-private-dns = Het kan verhinderen dat de telefoon de operator vindt. Zet het voor deze test op Automatisch; daarna kan je het terugzetten.
wifi-need-captive = Deze wifi wacht tot je je aanmeldt
wifi-fix-captive = Open je browser, meld je aan op de pagina van het netwerk en kom dan hier terug.
wifi-need-ethernet = Deze telefoon is verbonden via een kabel, niet via wifi
wifi-fix-ethernet = Bellen via wifi werkt niet over een kabel. Koppel het dock of de adapter los en verbind met wifi.
wifi-need-admin = Je bedrijf beheert bepaalde instellingen op deze telefoon
wifi-fix-admin = De schakelaar zit in het persoonlijke profiel van de telefoon en kan vergrendeld zijn. Kan je hem niet veranderen, vraag het dan aan je IT-dienst; opnieuw proberen helpt niet.
wifi-need-airplane = Vliegtuigmodus staat aan
wifi-fix-airplane = Voor de test is dat goed, als je wifi weer hebt aangezet. Zet vliegtuigmodus anders uit.
wifi-need-roaming = Je bent in het buitenland
wifi-fix-roaming = Bellen via wifi is geen roaming: de regels voor roaming in de EU gelden misschien niet, en een gesprek kan aangerekend worden als een gesprek naar het buitenland. Kijk je tarief na voor je belt. Sommige telefoons gebruiken bellen via wifi in het buitenland alleen in vliegtuigmodus.

# Steps on the way to the switch
wifi-step-open = Open
wifi-step-heading = Zoek het kopje
wifi-step-sim = Kies de simkaart met je nummer
wifi-step-sim-switch = Kies daaronder je simkaart en zet de schakelaar aan
wifi-step-menu = Open het menu met de drie puntjes
wifi-step-quick-settings = Veeg twee keer omlaag vanaf de bovenkant van het scherm
wifi-step-search-box = Open het zoekveld van de instellingen
wifi-step-type = Typ
wifi-step-switch = Activeer

# Notes on a phone
wifi-note-confirm-sheet = De telefoon vraagt één keer of je het zeker weet: bevestig.
wifi-note-each-line = Met twee lijnen heeft elke lijn een eigen schakelaar.
wifi-note-each-sim = Met twee simkaarten heeft elke een eigen schakelaar.
wifi-note-main-user = Alleen de hoofdgebruiker van de telefoon kan het veranderen, in het persoonlijke profiel.
wifi-note-no-dialler-codes = Toets geen geheime codes in de telefoonapp in om de schakelaar tevoorschijn te halen; ze kunnen andere instellingen veranderen.
wifi-note-rekey = Stopt een gesprek na ongeveer 15 minuten, dan ligt dat wellicht aan deze wifi en niet aan je telefoon.
wifi-note-row-grey = Grijs betekent dat er een gesprek bezig is, of dat je bedrijf of operator de instelling heeft vergrendeld.
wifi-note-row-hidden = De instelling blijft verborgen zolang de operator je simkaart er niet voor geactiveerd heeft.
wifi-note-samsung-region = Een telefoon die in een andere regio gekocht is, heeft dit menu soms niet.
wifi-note-samsung-tethering = Zolang bellen via wifi gebruikt wordt, kan de telefoon zijn verbinding niet via USB delen.

# The proof
wifi-verify-airplane-on = Zet vliegtuigmodus aan en zet daarna wifi weer aan. Wacht een halve minuut en kijk bovenaan het scherm.
wifi-verify-probe = Blijf in vliegtuigmodus en controleer het netwerk hier.
wifi-verify-call = Blijf in vliegtuigmodus en bel je voicemail of een collega, nooit 112. Praat langer dan een halve minuut en laat je daarna terugbellen.
wifi-verify-sms = Stuur een sms en laat er een naar jou sturen. Sms via wifi werkt niet op elke telefoon.
wifi-verify-airplane-off = Zet vliegtuigmodus uit. Bij goed bereik verdwijnt het symbool bovenaan; dat is normaal, want je operator geeft voorrang aan het mobiele netwerk.
wifi-verify-long-call = Als je wil, bel dan één keer 16 minuten via wifi: sommige netwerken verbreken het gesprek na 15 minuten.
wifi-expect-network-name = Je zou “{ $name }” als naam van het netwerk moeten zien.
wifi-expect-samsung-icon = Je zou een pictogram van een hoorn met golven moeten zien.
wifi-expect-icon = Je zou een symbool voor bellen via wifi moeten zien, meestal een hoorn naast het wifisymbool.
wifi-expect-control-centre = Open het bedieningspaneel: achter de naam van de operator staat “Wi-Fi”.

# What is the matter
wifi-ask-not-shown-good-signal = Ik zie het symbool nooit, en mijn mobiel bereik is goed
wifi-ask-not-shown-blocked = De test mislukte, en de netwerkcontrole zegt “geblokkeerd”
wifi-ask-not-shown-open = De test mislukte, hoewel de netwerkcontrole goed is
wifi-ask-stops-after-wifi-change = Het werkte, maar stopte toen ik van wifi veranderde
wifi-ask-outgoing-only = Ik kan bellen, maar niemand kan mij bereiken
wifi-ask-no-audio = Er is geen geluid, een van ons hoort niets, of het gesprek valt na enkele seconden weg
wifi-ask-cut-after-15-minutes = Gesprekken stoppen na ongeveer 15 minuten
wifi-ask-drops-when-leaving = Het gesprek valt weg als ik thuis of op kantoor naar buiten ga
wifi-ask-one-sim-only = Het werkt maar met een van mijn simkaarten
wifi-ask-abroad = Het werkt niet in het buitenland
wifi-ask-guest-wifi = Het werkt niet op de wifi van een hotel of op een wifi voor gasten

# Why that may be
wifi-cause-mobile-preferred = Dat is normaal: je operator geeft voorrang aan het mobiele netwerk zolang dat goed is.
wifi-cause-network-blocks = Deze wifi blokkeert bellen via wifi.
wifi-cause-back-off = Na een mislukte poging wacht de telefoon voor hij opnieuw probeert, soms tot een uur.
wifi-cause-not-provisioned = Misschien heeft de operator je lijn er nog niet voor geactiveerd.
wifi-cause-keepalive = De router vergeet de telefoon tussen twee gesprekken.
wifi-cause-vpn-or-blocker = Meestal een VPN of een adblocker.
wifi-cause-router-helpers = Misschien verandert de router de pakketten van gesprekken.
wifi-cause-rekey = De telefoon vernieuwt zijn sleutels na 15 minuten, en dit netwerk blokkeert dat.
wifi-cause-no-volte = Zonder bellen via 4G kan een gesprek niet overschakelen naar het mobiele netwerk.
wifi-cause-line-switch = Elke lijn heeft een eigen schakelaar.
wifi-cause-sim-profile = Misschien biedt de operator van de andere simkaart het op deze telefoon niet aan.
wifi-cause-country-block = Sommige landen en netwerken blokkeren het.
wifi-cause-captive = Het netwerk wacht nog tot je je op zijn pagina aanmeldt.
wifi-cause-ports-blocked = Misschien laat het alleen webpagina’s door.

# What to do
wifi-do-airplane-test = Doe de test in vliegtuigmodus: alleen die toont of het werkt.
wifi-do-airplane-toggle = Zet vliegtuigmodus aan, wacht tien seconden en zet hem weer uit. Dat beëindigt de wachttijd van de telefoon.
wifi-do-wifi-off-on = Zet wifi uit en weer aan.
wifi-do-forget-wifi = Laat de telefoon dit wifinetwerk vergeten en verbind opnieuw.
wifi-do-other-wifi = Probeer een andere wifi, of de hotspot van een collega. Werkt het daar, dan ligt het aan de eerste wifi.
wifi-do-hotspot = Gebruik in plaats daarvan een hotspot, of vraag ter plaatse of het netwerk IPsec toelaat.
wifi-do-sign-in-page = Open je browser en meld je aan op de pagina van het netwerk.
wifi-do-router-ports = Laat in de router uitgaand verkeer op de UDP-poorten 500 en 4500 toe, zet IPsec-passthrough aan en haal de host van de operator uit elke DNS-filter.
wifi-do-router-helpers = Zet in de router SIP ALG en gelijkaardige functies uit.
wifi-do-report-router = Noteer het model van de router en het tijdstip waarop een gesprek verbroken werd, en stuur beide naar support.
wifi-do-company-it = Zit je op een bedrijfsnetwerk, vraag je IT-dienst dan om UDP 500 en 4500 naar de host van de operator toe te laten.
wifi-do-vpn-off = Pauzeer de VPN of adblocker en zet wifi uit en weer aan.
wifi-do-private-dns-automatic = Zet privé-DNS op Automatisch.
wifi-do-carrier-update = Installeer updates van de telefoon en van de operatorinstellingen.
wifi-do-carrier-update-ios = Open Instellingen, Algemeen, Info en wacht even: is er een update van de operatorinstellingen, dan biedt de telefoon die aan. Kijk daarna of er een update van iOS is.
wifi-do-carrier-update-android = Zoek in de instellingen naar een update van de telefoon en installeer die: ze brengt de operatorinstellingen mee.
wifi-do-os-update = Installeer de updates van de telefoon.
wifi-do-reboot = Start de telefoon één keer opnieuw op.
wifi-do-reset-network = Herstel in laatste instantie de netwerkinstellingen van de telefoon. Hij vergeet dan alle wifinetwerken en hun wachtwoorden.
wifi-do-ask-provisioning = Vraag je fleetmanager om bellen via wifi voor je lijn te laten activeren. Op de telefoon zelf kan dat niet.
wifi-do-ask-operator = De operator heeft deze instelling vergrendeld. Vraag je fleetmanager om ze te laten vrijgeven.
wifi-do-turn-on-4g = Zet bellen via 4G (VoLTE) aan in de instellingen van het mobiele netwerk.
wifi-do-check-coverage = Kijk op de dekkingskaart van de operator: een gesprek kan alleen naar 4G of 5G overschakelen.
wifi-do-switch-each-line = Zet het voor elke lijn aan.
wifi-do-check-each-sim = Doe de test met één simkaart per keer.
wifi-do-check-tariff = Kijk eerst na wat bellen via wifi in het buitenland kost.
wifi-do-airplane-and-wifi = Zet vliegtuigmodus aan en zet daarna wifi weer aan.
wifi-support-employer = Vraag hulp aan je fleetmanager.
