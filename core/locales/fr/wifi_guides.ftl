# What a guide file refers to: what stands in the way, steps, the proof, symptoms and what to do.

# What stands in the way, and what to do about it
wifi-need-operator-sim = La carte SIM de ce téléphone est d’un autre opérateur
wifi-fix-operator-sim = Les appels Wi-Fi dépendent, pour chaque carte SIM, de son opérateur. Insérez la carte SIM que votre employeur vous a remise, ou demandez à l’autre opérateur.
wifi-need-line = La carte SIM de votre employeur est-elle dans ce téléphone{ "\u00A0" }?
wifi-fix-line = Ce téléphone n’indique pas aux apps à qui est la carte SIM. Si vous avez deux lignes, regardez laquelle porte votre numéro.
wifi-need-os = Le logiciel de ce téléphone est trop ancien pour les appels Wi-Fi
wifi-fix-os = Mettez le téléphone à jour dans ses réglages, s’il propose une mise à jour, puis revenez ici.
wifi-need-carrier-profile = Ce téléphone indique qu’il ne connaît pas les appels Wi-Fi de votre opérateur
wifi-fix-carrier-profile = Certains téléphones l’indiquent et le font quand même{ "\u00A0" }: cherchez l’interrupteur. Installez d’abord les mises à jour{ "\u00A0" }; un modèle d’une autre région peut ne jamais l’avoir.
wifi-need-vpn = Un VPN est activé
wifi-fix-vpn = Les bloqueurs de publicité qui fonctionnent comme un VPN comptent aussi. Mettez-le en pause, puis coupez et rallumez le Wi-Fi. Si votre entreprise impose le VPN, demandez à votre service informatique.
wifi-need-private-dns = Le DNS privé est activé
wifi-fix-private-dns = Il peut empêcher le téléphone de trouver l’opérateur. Réglez-le sur automatique pour ce test{ "\u00A0" }; vous pourrez le rétablir ensuite.
wifi-need-captive = Ce Wi-Fi attend que vous vous connectiez
wifi-fix-captive = Ouvrez votre navigateur et terminez la page de connexion du réseau, puis revenez ici.
wifi-need-ethernet = Ce téléphone est relié par câble, pas en Wi-Fi
wifi-fix-ethernet = Les téléphones n’utilisent pas le câble pour les appels Wi-Fi. Débranchez la station ou l’adaptateur et connectez-vous au Wi-Fi.
wifi-need-admin = Votre entreprise gère des réglages de ce téléphone
wifi-fix-admin = L’interrupteur se trouve du côté personnel du téléphone et peut être verrouillé. Si vous ne pouvez pas le changer, demandez à votre service informatique{ "\u00A0" }; réessayer n’y fera rien.
wifi-need-airplane = Le mode avion est activé
wifi-fix-airplane = Pour le test, c’est correct, à condition d’avoir rallumé le Wi-Fi à la main. Sinon, désactivez-le.
wifi-need-roaming = Vous êtes à l’étranger
wifi-fix-roaming = Les appels Wi-Fi ne sont pas de l’itinérance{ "\u00A0" }: les règles européennes ne s’appliquent peut-être pas, et un appel peut être facturé comme un appel vers l’étranger. Vérifiez votre tarif avant d’appeler. Certains téléphones n’utilisent les appels Wi-Fi à l’étranger qu’en mode avion.

# Steps on the way to the switch
wifi-step-open = Ouvrez
wifi-step-heading = Cherchez le titre
wifi-step-sim = Choisissez la carte SIM qui porte votre numéro
wifi-step-sim-switch = Choisissez votre carte SIM en dessous et activez
wifi-step-menu = Ouvrez le menu aux trois points
wifi-step-quick-settings = Balayez deux fois vers le bas depuis le haut de l’écran
wifi-step-search-box = Ouvrez la recherche des réglages
wifi-step-type = Tapez
wifi-step-switch = Activez

# Notes on a phone
wifi-note-confirm-sheet = Le téléphone demande une fois si vous êtes sûr{ "\u00A0" }: confirmez.
wifi-note-each-line = Avec deux lignes, chacune a son propre interrupteur.
wifi-note-each-sim = Avec deux cartes SIM, chacune a son propre interrupteur.
wifi-note-main-user = Seul l’utilisateur principal du téléphone peut le changer, dans le profil personnel.
wifi-note-no-dialler-codes = Ne tapez pas de codes secrets sur le clavier d’appel pour faire apparaître l’interrupteur{ "\u00A0" }; ils peuvent modifier d’autres réglages.
wifi-note-rekey = Un appel qui se coupe après environ 15 minutes vient de ce Wi-Fi, pas de votre téléphone.
wifi-note-row-grey = Grisé signifie qu’un appel est en cours, ou que votre entreprise ou opérateur tient ce réglage.
wifi-note-row-hidden = La ligne est masquée tant que l’opérateur n’a pas préparé votre carte SIM.
wifi-note-samsung-region = Un téléphone acheté dans une autre région peut ne pas avoir ce menu.
wifi-note-samsung-tethering = Tant que les appels Wi-Fi sont utilisés, le téléphone ne peut pas partager sa connexion par USB.

# The proof
wifi-verify-airplane-on = Activez le mode avion, puis rallumez le Wi-Fi à la main. Attendez une demi-minute et regardez en haut de l’écran.
wifi-verify-probe = Restez en mode avion et vérifiez le réseau d’ici.
wifi-verify-call = Toujours en mode avion, appelez votre messagerie ou un collègue, jamais le 112. Parlez plus d’une demi-minute, puis faites-vous rappeler.
wifi-verify-sms = Envoyez un SMS et faites-vous-en envoyer un. Les SMS par Wi-Fi ne fonctionnent pas sur tous les téléphones.
wifi-verify-airplane-off = Désactivez le mode avion. Avec un bon signal, l’indication en haut disparaît{ "\u00A0" }; c’est normal, car votre opérateur préfère le réseau mobile.
wifi-verify-long-call = Si vous voulez, faites un appel Wi-Fi de 16 minutes{ "\u00A0" }: certains réseaux coupent après 15.
wifi-expect-network-name = Vous devriez voir «{ "\u00A0" }{ $name }{ "\u00A0" }» comme nom du réseau.
wifi-expect-samsung-icon = Vous devriez voir une icône de combiné avec des ondes.
wifi-expect-icon = Vous devriez voir un signe pour les appels Wi-Fi, le plus souvent un combiné près du symbole Wi-Fi.
wifi-expect-control-centre = Ouvrez le centre de contrôle{ "\u00A0" }: le nom de l’opérateur est suivi de «{ "\u00A0" }Wi-Fi{ "\u00A0" }».

# What is the matter
wifi-ask-not-shown-good-signal = Je ne vois jamais le signe, et mon signal mobile est bon
wifi-ask-not-shown-blocked = Le test a échoué, et la vérification du réseau indique un blocage
wifi-ask-not-shown-open = Le test a échoué, alors que la vérification du réseau est bonne
wifi-ask-stops-after-wifi-change = Cela marchait, puis s’est arrêté quand j’ai changé de Wi-Fi
wifi-ask-outgoing-only = Je peux appeler, mais personne ne me joint
wifi-ask-no-audio = Il n’y a pas de son, l’un de nous n’entend rien, ou cela coupe après quelques secondes
wifi-ask-cut-after-15-minutes = Les appels se coupent après environ 15 minutes
wifi-ask-drops-when-leaving = L’appel se coupe quand je quitte la maison ou le bureau
wifi-ask-one-sim-only = Cela ne marche que pour une de mes cartes SIM
wifi-ask-abroad = Cela ne marche pas à l’étranger
wifi-ask-guest-wifi = Cela ne marche pas sur le Wi-Fi d’un hôtel ou pour invités

# Why that may be
wifi-cause-mobile-preferred = C’est normal{ "\u00A0" }: votre opérateur préfère le réseau mobile tant qu’il est bon.
wifi-cause-network-blocks = Ce Wi-Fi bloque les appels Wi-Fi.
wifi-cause-back-off = Après un échec, le téléphone attend avant de réessayer, jusqu’à une heure.
wifi-cause-not-provisioned = L’opérateur n’a peut-être pas préparé votre ligne.
wifi-cause-keepalive = Le routeur oublie le téléphone entre deux appels.
wifi-cause-vpn-or-blocker = Le plus souvent un VPN ou un bloqueur de publicité.
wifi-cause-router-helpers = Le routeur modifie peut-être les paquets des appels.
wifi-cause-rekey = Le téléphone renouvelle ses clés après 15 minutes, et ce réseau ne le laisse pas passer.
wifi-cause-no-volte = Sans appels 4G, un appel ne peut pas passer au réseau mobile.
wifi-cause-line-switch = Chaque ligne a son propre interrupteur.
wifi-cause-sim-profile = L’opérateur de l’autre carte SIM ne le propose peut-être pas sur ce téléphone.
wifi-cause-country-block = Certains pays et réseaux le bloquent.
wifi-cause-captive = Le réseau attend encore que vous vous connectiez sur sa page.
wifi-cause-ports-blocked = Peut-être ne laisse-t-il passer que des pages web.

# What to do
wifi-do-airplane-test = Faites le test en mode avion{ "\u00A0" }: lui seul montre si cela marche.
wifi-do-airplane-toggle = Activez le mode avion, attendez dix secondes, désactivez-le. Cela met fin au délai d’attente du téléphone.
wifi-do-wifi-off-on = Coupez et rallumez le Wi-Fi.
wifi-do-forget-wifi = Faites oublier ce Wi-Fi au téléphone et reconnectez-vous.
wifi-do-other-wifi = Essayez sur un autre Wi-Fi, ou sur le partage de connexion d’un collègue. Si cela y marche, le premier Wi-Fi est en cause.
wifi-do-hotspot = Utilisez plutôt un partage de connexion, ou demandez sur place si le réseau autorise IPsec.
wifi-do-sign-in-page = Ouvrez le navigateur et terminez la page de connexion du réseau.
wifi-do-router-ports = Dans le routeur, autorisez les ports UDP 500 et 4500 en sortie, activez le passage IPsec, et retirez l’hôte de l’opérateur de tout filtre DNS.
wifi-do-router-helpers = Dans le routeur, désactivez SIP ALG et les assistants semblables.
wifi-do-report-router = Notez le modèle du routeur et l’heure d’un appel coupé, et envoyez les deux au support.
wifi-do-company-it = Sur un réseau d’entreprise, demandez à votre service informatique d’autoriser UDP 500 et 4500 vers l’hôte de l’opérateur.
wifi-do-vpn-off = Mettez le VPN ou le bloqueur en pause, puis coupez et rallumez le Wi-Fi.
wifi-do-private-dns-automatic = Réglez le DNS privé sur automatique.
wifi-do-carrier-update = Installez les mises à jour du téléphone et des réglages de l’opérateur. Sur iPhone, ouvrez Réglages, Général, Informations et attendez la question.
wifi-do-os-update = Installez les mises à jour du téléphone.
wifi-do-reboot = Redémarrez le téléphone une fois.
wifi-do-reset-network = En dernier recours sur le téléphone, réinitialisez les réglages réseau. Il oublie chaque Wi-Fi et son mot de passe.
wifi-do-ask-provisioning = Demandez à votre gestionnaire de flotte de faire préparer les appels Wi-Fi pour votre ligne. Le téléphone ne le peut pas.
wifi-do-ask-operator = L’opérateur verrouille ce réglage. Demandez à votre gestionnaire de flotte de le faire déverrouiller.
wifi-do-turn-on-4g = Activez les appels 4G (VoLTE) dans les réglages du réseau mobile.
wifi-do-check-coverage = Regardez la carte de couverture de l’opérateur{ "\u00A0" }: un appel ne peut passer qu’en 4G ou 5G.
wifi-do-switch-each-line = Activez-le pour chaque ligne.
wifi-do-check-each-sim = Faites le test avec une seule carte SIM à la fois.
wifi-do-check-tariff = Vérifiez d’abord ce que coûtent les appels Wi-Fi à l’étranger.
wifi-do-airplane-and-wifi = Activez le mode avion et le Wi-Fi à la main.
wifi-support-employer = Pour de l’aide, adressez-vous à votre gestionnaire de flotte.
