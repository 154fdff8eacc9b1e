# What a guide file refers to: what stands in the way, steps, the proof, symptoms and what to do.

# What stands in the way, and what to do about it
wifi-need-operator-sim = La carte SIM de ce téléphone est d’un autre opérateur
wifi-fix-operator-sim = C’est l’opérateur de chaque carte SIM qui active les appels Wi-Fi pour celle-ci. Insérez la carte SIM que votre employeur vous a remise, ou adressez-vous à l’autre opérateur.
wifi-need-line = La carte SIM de votre employeur est-elle dans ce téléphone{ "\u00A0" }?
wifi-fix-line = Ce téléphone n’indique pas aux apps de quel opérateur est sa carte SIM. Si vous avez deux lignes, vérifiez laquelle porte votre numéro.
wifi-need-os = Le logiciel de ce téléphone est trop ancien pour les appels Wi-Fi
wifi-fix-os = Mettez le téléphone à jour dans ses réglages, s’il propose une mise à jour, puis revenez ici.
wifi-need-carrier-profile = Ce téléphone indique qu’il ne prend pas en charge les appels Wi-Fi de votre opérateur
wifi-fix-carrier-profile = Certains téléphones l’indiquent alors qu’ils en sont capables{ "\u00A0" }: cherchez l’interrupteur. Installez d’abord les mises à jour{ "\u00A0" }; un modèle d’une autre région ne l’aura peut-être jamais.
wifi-need-vpn = Un VPN est activé
wifi-fix-vpn = Les bloqueurs de publicité qui fonctionnent comme un VPN comptent aussi. Mettez le VPN ou le bloqueur en pause, puis désactivez et réactivez le Wi-Fi. Si votre entreprise impose le VPN, adressez-vous à votre service informatique.
wifi-need-private-dns = Le DNS privé est activé
wifi-fix-private-dns = Il peut empêcher le téléphone de trouver l’opérateur. Réglez-le sur «{ "\u00A0" }Automatique{ "\u00A0" }» pour ce test{ "\u00A0" }; vous pourrez rétablir votre réglage ensuite.
wifi-need-captive = Ce Wi-Fi attend que vous vous identifiiez
wifi-fix-captive = Ouvrez votre navigateur et identifiez-vous sur la page du réseau, puis revenez ici.
wifi-need-ethernet = Ce téléphone est connecté par câble, pas en Wi-Fi
wifi-fix-ethernet = Les appels Wi-Fi ne passent pas par un câble. Débranchez la station d’accueil ou l’adaptateur et connectez-vous au Wi-Fi.
wifi-need-admin = Votre entreprise gère certains réglages de ce téléphone
wifi-fix-admin = L’interrupteur se trouve dans le profil personnel du téléphone et peut être verrouillé. Si vous ne pouvez pas le modifier, adressez-vous à votre service informatique{ "\u00A0" }; réessayer n’y changera rien.
wifi-need-airplane = Le mode avion est activé
wifi-fix-airplane = Pour le test, c’est ce qu’il faut, à condition d’avoir réactivé le Wi-Fi. Sinon, désactivez le mode avion.
wifi-need-roaming = Vous êtes à l’étranger
wifi-fix-roaming = Les appels Wi-Fi ne relèvent pas de l’itinérance{ "\u00A0" }: les règles européennes ne s’appliquent peut-être pas, et un appel peut être facturé comme un appel vers l’étranger. Vérifiez votre tarif avant d’appeler. Certains téléphones n’utilisent les appels Wi-Fi à l’étranger qu’en mode avion.

# Steps on the way to the switch
wifi-step-open = Ouvrez
wifi-step-heading = Cherchez la rubrique
wifi-step-sim = Choisissez la carte SIM qui porte votre numéro
wifi-step-sim-switch = En dessous, choisissez votre carte SIM et activez l’option
wifi-step-menu = Ouvrez le menu à trois points
wifi-step-quick-settings = Balayez deux fois vers le bas depuis le haut de l’écran
wifi-step-search-box = Ouvrez la recherche dans les réglages
wifi-step-type = Tapez
wifi-step-switch = Activez

# Notes on a phone
wifi-note-confirm-sheet = Le téléphone demande une fois de confirmer{ "\u00A0" }: acceptez.
wifi-note-each-line = Avec deux lignes, chacune a son propre interrupteur.
wifi-note-each-sim = Avec deux cartes SIM, chacune a son propre interrupteur.
wifi-note-main-user = Seul l’utilisateur principal du téléphone peut le modifier, dans le profil personnel.
wifi-note-no-dialler-codes = Ne composez pas de codes secrets pour faire apparaître l’interrupteur{ "\u00A0" }; ils peuvent modifier d’autres réglages.
wifi-note-rekey = Si un appel se coupe au bout de 15 minutes environ, cela vient sans doute de ce Wi-Fi, pas de votre téléphone.
wifi-note-row-grey = Grisé signifie qu’un appel est en cours, ou que votre entreprise ou votre opérateur a verrouillé ce réglage.
wifi-note-row-hidden = Le réglage reste masqué tant que l’opérateur n’a pas activé ce service pour votre carte SIM.
wifi-note-samsung-region = Un téléphone acheté dans une autre région n’a peut-être pas ce menu.
wifi-note-samsung-tethering = Tant que les appels Wi-Fi sont utilisés, le téléphone ne peut pas partager sa connexion par USB.

# The proof
wifi-verify-airplane-on = Activez le mode avion, puis réactivez le Wi-Fi. Attendez une demi-minute et regardez en haut de l’écran.
wifi-verify-probe = Restez en mode avion et vérifiez le réseau ici.
wifi-verify-call = Toujours en mode avion, appelez votre messagerie vocale ou un collègue, jamais le 112. Parlez plus d’une demi-minute, puis faites-vous rappeler.
wifi-verify-sms = Envoyez un SMS et faites-vous-en envoyer un. Les SMS par Wi-Fi ne fonctionnent pas sur tous les téléphones.
wifi-verify-airplane-off = Désactivez le mode avion. Si le réseau mobile est bon, le symbole en haut disparaît{ "\u00A0" }; c’est normal, car votre opérateur donne la priorité au réseau mobile.
wifi-verify-long-call = Si vous voulez, passez un appel Wi-Fi de 16 minutes{ "\u00A0" }: certains réseaux coupent au bout de 15.
wifi-expect-network-name = Le nom du réseau devrait être «{ "\u00A0" }{ $name }{ "\u00A0" }».
wifi-expect-samsung-icon = Vous devriez voir une icône de combiné avec des ondes.
wifi-expect-icon = Vous devriez voir un symbole pour les appels Wi-Fi, le plus souvent un combiné à côté du symbole Wi-Fi.
wifi-expect-control-centre = Ouvrez le centre de contrôle{ "\u00A0" }: le nom de l’opérateur est suivi de «{ "\u00A0" }Wi-Fi{ "\u00A0" }».

# What is the matter
wifi-ask-not-shown-good-signal = Je ne vois jamais le symbole, et mon réseau mobile est bon
wifi-ask-not-shown-blocked = Le test a échoué, et la vérification du réseau indique un blocage
wifi-ask-not-shown-open = Le test a échoué, alors que la vérification du réseau est bonne
wifi-ask-stops-after-wifi-change = Cela marchait, puis plus rien quand j’ai changé de Wi-Fi
wifi-ask-outgoing-only = Je peux appeler, mais personne n’arrive à me joindre
wifi-ask-no-audio = Il n’y a pas de son, l’un de nous n’entend rien, ou l’appel se coupe après quelques secondes
wifi-ask-cut-after-15-minutes = Les appels se coupent au bout de 15 minutes environ
wifi-ask-drops-when-leaving = L’appel se coupe quand je quitte la maison ou le bureau
wifi-ask-one-sim-only = Cela ne marche qu’avec une de mes cartes SIM
wifi-ask-abroad = Cela ne marche pas à l’étranger
wifi-ask-guest-wifi = Cela ne marche pas sur le Wi-Fi d’un hôtel ou sur un Wi-Fi invité

# Why that may be
wifi-cause-mobile-preferred = C’est normal{ "\u00A0" }: votre opérateur donne la priorité au réseau mobile tant qu’il est bon.
wifi-cause-network-blocks = Ce Wi-Fi bloque les appels Wi-Fi.
wifi-cause-back-off = Après un échec, le téléphone attend avant de réessayer, parfois jusqu’à une heure.
wifi-cause-not-provisioned = L’opérateur n’a peut-être pas encore activé ce service pour votre ligne.
wifi-cause-keepalive = Le routeur oublie le téléphone entre deux appels.
wifi-cause-vpn-or-blocker = Le plus souvent un VPN ou un bloqueur de publicité.
wifi-cause-router-helpers = Le routeur modifie peut-être les paquets des appels.
wifi-cause-rekey = Le téléphone renouvelle ses clés après 15 minutes, et ce réseau bloque cet échange.
wifi-cause-no-volte = Sans appels 4G, un appel ne peut pas basculer vers le réseau mobile.
wifi-cause-line-switch = Chaque ligne a son propre interrupteur.
wifi-cause-sim-profile = L’opérateur de l’autre carte SIM ne le propose peut-être pas sur ce téléphone.
wifi-cause-country-block = Certains pays et réseaux le bloquent.
wifi-cause-captive = Le réseau attend encore que vous vous identifiiez sur sa page.
wifi-cause-ports-blocked = Il ne laisse peut-être passer que les pages web.

# What to do
wifi-do-airplane-test = Faites le test en mode avion{ "\u00A0" }: lui seul montre si cela marche.
wifi-do-airplane-toggle = Activez le mode avion, attendez dix secondes, puis désactivez-le. Cela met fin au délai d’attente du téléphone.
wifi-do-wifi-off-on = Désactivez puis réactivez le Wi-Fi.
wifi-do-forget-wifi = Faites oublier ce réseau Wi-Fi au téléphone, puis reconnectez-vous.
wifi-do-other-wifi = Essayez sur un autre Wi-Fi, ou sur le partage de connexion d’un collègue. Si cela marche, c’est le premier Wi-Fi qui est en cause.
wifi-do-hotspot = Utilisez plutôt un partage de connexion, ou demandez sur place si le réseau autorise IPsec.
wifi-do-sign-in-page = Ouvrez votre navigateur et identifiez-vous sur la page du réseau.
wifi-do-router-ports = Dans le routeur, autorisez le trafic sortant sur les ports UDP 500 et 4500, activez IPsec passthrough et retirez l’hôte de l’opérateur de tout filtre DNS.
wifi-do-router-helpers = Dans le routeur, désactivez SIP ALG et les fonctions similaires.
wifi-do-report-router = Notez le modèle du routeur et l’heure à laquelle un appel a été coupé, et envoyez les deux au support.
wifi-do-company-it = Sur un réseau d’entreprise, demandez à votre service informatique d’autoriser UDP 500 et 4500 vers l’hôte de l’opérateur.
wifi-do-vpn-off = Mettez le VPN ou le bloqueur de publicité en pause, puis désactivez et réactivez le Wi-Fi.
wifi-do-private-dns-automatic = Réglez le DNS privé sur «{ "\u00A0" }Automatique{ "\u00A0" }».
wifi-do-carrier-update = Installez les mises à jour du téléphone et des réglages de l’opérateur.
wifi-do-carrier-update-ios = Ouvrez Réglages, Général, Informations et patientez un instant{ "\u00A0" }: s’il y a une mise à jour des réglages de l’opérateur, le téléphone la propose. Cherchez ensuite une mise à jour d’iOS.
wifi-do-carrier-update-android = Cherchez dans les paramètres une mise à jour du téléphone et installez-la{ "\u00A0" }: elle apporte les réglages de l’opérateur.
wifi-do-os-update = Installez les mises à jour du téléphone.
wifi-do-reboot = Redémarrez le téléphone une fois.
wifi-do-reset-network = En dernier recours, réinitialisez les réglages réseau du téléphone. Il oubliera tous les réseaux Wi-Fi et leurs mots de passe.
wifi-do-ask-provisioning = Demandez à votre gestionnaire de flotte de faire activer les appels Wi-Fi pour votre ligne. Ce n’est pas possible sur le téléphone.
wifi-do-ask-operator = L’opérateur a verrouillé ce réglage. Demandez à votre gestionnaire de flotte de le faire déverrouiller.
wifi-do-turn-on-4g = Activez les appels 4G (VoLTE) dans les réglages du réseau mobile.
wifi-do-check-coverage = Consultez la carte de couverture de l’opérateur{ "\u00A0" }: un appel ne peut basculer que vers la 4G ou la 5G.
wifi-do-switch-each-line = Activez les appels Wi-Fi pour chaque ligne.
wifi-do-check-each-sim = Faites le test avec une seule carte SIM à la fois.
wifi-do-check-tariff = Vérifiez d’abord ce que coûtent les appels Wi-Fi à l’étranger.
wifi-do-airplane-and-wifi = Activez le mode avion, puis réactivez le Wi-Fi.
wifi-support-employer = Pour obtenir de l’aide, adressez-vous à votre gestionnaire de flotte.
