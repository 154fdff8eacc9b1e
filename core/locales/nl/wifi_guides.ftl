# What a guide file refers to: what stands in the way, steps, the proof, symptoms and what to do.

# What stands in the way, and what to do about it
wifi-need-operator-sim = De simkaart in deze telefoon is van een andere operator
wifi-fix-operator-sim = Bellen via wifi wordt per simkaart door de eigen operator mogelijk gemaakt. Plaats de simkaart die je van je werkgever kreeg, of vraag het aan de andere operator.
wifi-need-line = Zit de simkaart van je werkgever in deze telefoon?
wifi-fix-line = Deze telefoon vertelt apps niet van wie de simkaart is. Heb je twee lijnen, kijk dan welke je nummer heeft.
wifi-need-os = De software van deze telefoon is te oud voor bellen via wifi
wifi-fix-os = Werk de telefoon bij in de instellingen, als er een update is, en kom hier terug.
wifi-need-carrier-profile = Deze telefoon zegt dat hij bellen via wifi van je operator niet kent
wifi-fix-carrier-profile = Sommige telefoons zeggen dat en kunnen het toch: zoek de schakelaar. Installeer eerst updates; een toestel uit een andere regio heeft hem soms nooit.
wifi-need-vpn = Er staat een VPN aan
wifi-fix-vpn = Adblockers die als VPN werken, tellen mee. Pauzeer hem en zet wifi uit en weer aan. Is de VPN verplicht van je bedrijf, vraag het dan aan je IT.
wifi-need-private-dns = Privé-DNS staat aan
wifi-fix-private-dns = Het kan verhinderen dat de telefoon de operator vindt. Zet het voor deze test op automatisch; daarna kan je het terugzetten.
wifi-need-captive = Deze wifi wacht op je aanmelding
wifi-fix-captive = Open je browser en rond de aanmeldpagina van het netwerk af, en kom dan hier terug.
wifi-need-ethernet = Deze telefoon hangt aan een kabel, niet aan wifi
wifi-fix-ethernet = Telefoons gebruiken geen kabel voor bellen via wifi. Koppel het dock of de adapter los en verbind met wifi.
wifi-need-admin = Je bedrijf beheert instellingen op deze telefoon
wifi-fix-admin = De schakelaar zit aan de persoonlijke kant van de telefoon en kan vergrendeld zijn. Kan je hem niet veranderen, vraag het dan aan je IT; opnieuw proberen helpt niet.
wifi-need-airplane = Vliegtuigmodus staat aan
wifi-fix-airplane = Voor de test is dat goed, als je wifi zelf weer hebt aangezet. Zet de vliegtuigmodus anders uit.
wifi-need-roaming = Je bent in het buitenland
wifi-fix-roaming = Bellen via wifi is geen roaming: de regels voor roaming in de EU gelden misschien niet, en een gesprek kan aangerekend worden als een gesprek naar het buitenland. Kijk je tarief na voor je belt. Sommige telefoons gebruiken bellen via wifi in het buitenland alleen in vliegtuigmodus.

# Steps on the way to the switch
wifi-step-open = Open
wifi-step-heading = Zoek de titel
wifi-step-sim = Kies de simkaart met je nummer
wifi-step-sim-switch = Kies daaronder je simkaart en zet het aan
wifi-step-menu = Open het menu met de drie puntjes
wifi-step-quick-settings = Veeg twee keer omlaag vanaf de bovenkant van het scherm
wifi-step-search-box = Open het zoekveld van de instellingen
wifi-step-type = Typ
wifi-step-switch = Activeer

# Notes on a phone
wifi-note-confirm-sheet = De telefoon vraagt één keer of je zeker bent: bevestig.
wifi-note-each-line = Met twee lijnen heeft elke lijn een eigen schakelaar.
wifi-note-each-sim = Met twee simkaarten heeft elke een eigen schakelaar.
wifi-note-main-user = Alleen de hoofdgebruiker van de telefoon kan het veranderen, in het persoonlijke profiel.
wifi-note-no-dialler-codes = Typ geen geheime codes op het toetsenblok van de telefoonapp om de schakelaar tevoorschijn te halen; ze kunnen andere instellingen veranderen.
wifi-note-rekey = Een gesprek dat na ongeveer 15 minuten stopt, wijst op deze wifi en niet op je telefoon.
wifi-note-row-grey = Grijs betekent dat er een gesprek bezig is, of dat je bedrijf of operator de instelling vasthoudt.
wifi-note-row-hidden = De regel is verborgen zolang de operator je simkaart niet klaar heeft gemaakt.
wifi-note-samsung-region = Een telefoon uit een andere regio heeft dit menu soms niet.
wifi-note-samsung-tethering = Zolang bellen via wifi gebruikt wordt, kan de telefoon zijn verbinding niet via USB delen.

# The proof
wifi-verify-airplane-on = Zet vliegtuigmodus aan en zet daarna wifi met de hand weer aan. Wacht een halve minuut en kijk bovenaan het scherm.
wifi-verify-probe = Blijf in vliegtuigmodus en controleer het netwerk van hieruit.
wifi-verify-call = Bel, nog in vliegtuigmodus, je voicemail of een collega, nooit 112. Praat langer dan een halve minuut en laat je daarna terugbellen.
wifi-verify-sms = Stuur een sms en laat er een naar je sturen. Sms via wifi werkt niet op elke telefoon.
wifi-verify-airplane-off = Zet vliegtuigmodus uit. Met goed bereik verdwijnt het teken bovenaan; dat is normaal, want je operator geeft voorrang aan het mobiele netwerk.
wifi-verify-long-call = Bel als je wil één keer 16 minuten via wifi: sommige netwerken verbreken na 15.
wifi-expect-network-name = Je zou “{ $name }” als naam van het netwerk moeten zien.
wifi-expect-samsung-icon = Je zou een hoorn met golven als pictogram moeten zien.
wifi-expect-icon = Je zou een teken voor bellen via wifi moeten zien, meestal een hoorn bij het wifisymbool.
wifi-expect-control-centre = Open het bedieningspaneel: achter de naam van de operator staat “Wi-Fi”.

# What is the matter
wifi-ask-not-shown-good-signal = Ik zie het teken nooit, en mijn mobiel bereik is goed
wifi-ask-not-shown-blocked = De test mislukte, en de netwerkcontrole zegt geblokkeerd
wifi-ask-not-shown-open = De test mislukte, hoewel de netwerkcontrole goed is
wifi-ask-stops-after-wifi-change = Het werkte, en stopte toen ik van wifi veranderde
wifi-ask-outgoing-only = Ik kan bellen, maar niemand bereikt mij
wifi-ask-no-audio = Er is geen geluid, een van ons hoort niets, of het breekt na enkele seconden af
wifi-ask-cut-after-15-minutes = Gesprekken stoppen na ongeveer 15 minuten
wifi-ask-drops-when-leaving = Het gesprek valt weg als ik thuis of van kantoor vertrek
wifi-ask-one-sim-only = Het werkt maar voor een van mijn simkaarten
wifi-ask-abroad = Het werkt niet in het buitenland
wifi-ask-guest-wifi = Het werkt niet op de wifi van een hotel of voor gasten

# Why that may be
wifi-cause-mobile-preferred = Dat is normaal: je operator geeft voorrang aan het mobiele netwerk zolang dat goed is.
wifi-cause-network-blocks = Deze wifi houdt bellen via wifi tegen.
wifi-cause-back-off = Na een mislukking wacht de telefoon voor hij opnieuw probeert, tot een uur.
wifi-cause-not-provisioned = Misschien heeft de operator je lijn niet klaargemaakt.
wifi-cause-keepalive = De router vergeet de telefoon tussen gesprekken.
wifi-cause-vpn-or-blocker = Meestal een VPN of een adblocker.
wifi-cause-router-helpers = Misschien verandert de router de pakketten van gesprekken.
wifi-cause-rekey = De telefoon vernieuwt zijn sleutels na 15 minuten, en dit netwerk laat dat niet door.
wifi-cause-no-volte = Zonder bellen via 4G kan een gesprek niet overgaan naar het mobiele netwerk.
wifi-cause-line-switch = Elke lijn heeft een eigen schakelaar.
wifi-cause-sim-profile = Misschien biedt de operator van de andere simkaart het op deze telefoon niet aan.
wifi-cause-country-block = Sommige landen en netwerken blokkeren het.
wifi-cause-captive = Het netwerk wacht nog tot je je op zijn pagina aanmeldt.
wifi-cause-ports-blocked = Misschien laat het alleen webpagina’s door.

# What to do
wifi-do-airplane-test = Doe de test in vliegtuigmodus: alleen die toont of het werkt.
wifi-do-airplane-toggle = Zet vliegtuigmodus aan, wacht tien seconden en zet hem uit. Dat beëindigt de wachttijd van de telefoon.
wifi-do-wifi-off-on = Zet wifi uit en weer aan.
wifi-do-forget-wifi = Laat de telefoon deze wifi vergeten en verbind opnieuw.
wifi-do-other-wifi = Probeer op een andere wifi, of op de hotspot van een collega. Werkt het daar, dan ligt het aan de eerste wifi.
wifi-do-hotspot = Gebruik een hotspot, of vraag ter plaatse of het netwerk IPsec toelaat.
wifi-do-sign-in-page = Open de browser en rond de aanmeldpagina van het netwerk af.
wifi-do-router-ports = Laat in de router UDP-poorten 500 en 4500 naar buiten toe, zet IPsec-passthrough aan en haal de host van de operator uit elke DNS-filter.
wifi-do-router-helpers = Zet in de router SIP ALG en soortgelijke hulpjes uit.
wifi-do-report-router = Noteer het model van de router en het uur van een verbroken gesprek, en stuur beide naar support.
wifi-do-company-it = Vraag op een bedrijfsnetwerk je IT om UDP 500 en 4500 naar de host van de operator toe te laten.
wifi-do-vpn-off = Pauzeer de VPN of adblocker en zet wifi uit en weer aan.
wifi-do-private-dns-automatic = Zet privé-DNS op automatisch.
wifi-do-carrier-update = Installeer updates van de telefoon en van de operatorinstellingen. Open op een iPhone Instellingen, Algemeen, Info en wacht op de vraag.
wifi-do-os-update = Installeer de updates van de telefoon.
wifi-do-reboot = Start de telefoon één keer opnieuw op.
wifi-do-reset-network = Herstel als laatste op de telefoon de netwerkinstellingen. Hij vergeet elke wifi en het wachtwoord ervan.
wifi-do-ask-provisioning = Vraag je fleetmanager om bellen via wifi voor je lijn klaar te laten maken. De telefoon kan dat niet.
wifi-do-ask-operator = De operator heeft deze instelling vergrendeld. Vraag je fleetmanager om ze te laten vrijgeven.
wifi-do-turn-on-4g = Zet bellen via 4G (VoLTE) aan in de instellingen van het mobiele netwerk.
wifi-do-check-coverage = Kijk op de dekkingskaart van de operator: een gesprek kan alleen naar 4G of 5G overgaan.
wifi-do-switch-each-line = Zet het voor elke lijn aan.
wifi-do-check-each-sim = Doe de test met één simkaart tegelijk.
wifi-do-check-tariff = Kijk eerst na wat bellen via wifi in het buitenland kost.
wifi-do-airplane-and-wifi = Zet vliegtuigmodus aan en wifi met de hand aan.
wifi-support-employer = Vraag hulp aan je fleetmanager.
