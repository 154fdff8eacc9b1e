# Les articles d’aide, dans l’ordre des premières semaines. « -title » est le titre d’un article, « -words » ce par quoi on le
# trouve aussi et qui n’est jamais affiché.

# Dans plusieurs articles
help-test-call = Appelez quelqu’un pour voir si tout fonctionne.
help-no-network = Pas de réseau, alors qu’il devrait déjà y en avoir{ "\u00A0" }? Redémarrez le téléphone une fois. Si cela n’aide pas, demandez à votre gestionnaire de flotte.

help-sim-card-title = Votre premier jour avec une carte SIM
help-sim-card-words = changer de carte, remplacer, puce, nano-SIM, insérer, démarrer, activer, activation, commencer, nouveau téléphone, carte pas reçue, pas arrivée, pas venue, livraison, poste
help-sim-card-keep = Gardez le support de votre carte SIM{ "\u00A0" }: le code PIN et le code PUK y sont imprimés.
help-sim-card-when = Avec un nouveau numéro, la carte SIM fonctionne à partir du moment convenu. Si vous gardez votre numéro, elle fonctionne dès que votre ancienne carte SIM n’a plus de signal.
help-sim-card-insert = Éteignez le téléphone, insérez la carte SIM et rallumez-le.
help-sim-card-pin = Quand le téléphone demande le code PIN, tapez celui qui figure sur le support.
help-sim-card-missing = Votre carte n’est pas arrivée{ "\u00A0" }? Demandez à votre gestionnaire de flotte{ "\u00A0" }: votre employeur l’a commandée et sait où elle a été envoyée.

help-esim-title = Votre premier jour avec une eSIM
help-esim-words = code QR, scanner, activation, activer, profil, SIM numérique, installer, code de confirmation, démarrer, e-mail non reçu, pas arrivé, code d’activation
help-esim-what = Une eSIM est une SIM sans carte. { $operator } vous envoie un e-mail pour compléter son profil. Tant que ce n’est pas fait, votre téléphone n’a pas de réseau.
help-esim-prepare = Connectez le téléphone au Wi-Fi et gardez l’e-mail sous la main, si possible sur un autre écran.
help-esim-complete = Suivez l’e-mail jusqu’à ce que le téléphone affiche l’eSIM.
help-esim-code = Si le téléphone demande un code de confirmation, cherchez-le dans le texte de l’e-mail.
help-esim-once = Le code de l’e-mail ne sert en général qu’une fois. Ne le montrez à personne{ "\u00A0" }: qui l’utilise a votre numéro.
help-esim-keep = Gardez l’e-mail{ "\u00A0" }: le code PIN et le code PUK s’y trouvent.
help-esim-lost = Vous ne trouvez pas l’e-mail{ "\u00A0" }? Regardez aussi parmi les indésirables, puis demandez à votre gestionnaire de flotte.
help-esim-new-phone = Un nouveau téléphone{ "\u00A0" }? L’eSIM n’y passe pas d’elle-même{ "\u00A0" }: demandez un nouveau code à votre gestionnaire de flotte avant de vous séparer de l’ancien.

help-keep-number-title = Garder votre numéro
help-keep-number-words = portabilité, portage, porter, transfert, transférer, conserver, changer d’opérateur, retard, indemnité, compensation, dédommagement, combien de temps, durée, délai
help-keep-number-what = { $operator } transfère votre numéro et met fin au contrat chez votre ancien opérateur. Vous ne devez rien résilier vous-même.
help-keep-number-both = Gardez vos deux cartes SIM sous la main, l’ancienne et la nouvelle. Laissez l’ancienne dans le téléphone tant qu’elle a du signal.
help-keep-number-signal = Quand l’ancienne carte SIM n’a plus de signal, la nouvelle est active. Passez à la nouvelle et redémarrez le téléphone.
help-keep-number-usual = Ce qui est habituel{ "\u00A0" }: dans les { $usual } qui suivent le début du transfert, souvent plus tôt.
help-keep-number-law = Ce que la loi permet{ "\u00A0" }: un jour ouvrable, une fois la demande vérifiée par les opérateurs. Un transfert qui commence un vendredi n’est donc pas en retard le dimanche.
help-keep-number-stop = Votre ancien opérateur peut vous envoyer un SMS qui demande de répondre STOP si le transfert ne vient pas de vous. Si vous l’avez demandé, ne répondez pas. Si vous ne l’avez pas demandé, répondez STOP dans les { $stop }.
help-keep-number-late = Cela dure plus longtemps{ "\u00A0" }? Demandez à votre gestionnaire de flotte ou à { $operator }{ "\u00A0" }: c’est au nouvel opérateur de répondre, pas à l’ancien.
help-keep-number-compensation = Si le numéro est transféré plus d’un jour ouvrable après le jour convenu, une indemnité de { $daily } par jour peut être réclamée, dans certains cas { $most }. Elle ne vient pas d’elle-même{ "\u00A0" }: le titulaire du contrat, en général l’employeur, la demande à { $operator } dans les six mois qui suivent la demande de transfert.

help-new-number-title = Commencer avec un nouveau numéro
help-new-number-words = activer, activation, premier jour, date convenue, début, démarrer
help-new-number-when = Un nouveau numéro fonctionne à partir du moment convenu. Jusque-là, votre téléphone n’a pas de réseau avec lui.
help-new-number-sim = Insérez la carte SIM, ou complétez votre eSIM en suivant l’e-mail.
help-new-number-wait = Attendez le moment convenu.
help-new-number-ask = Vous ne connaissez pas ce moment, ou votre numéro{ "\u00A0" }? Demandez à votre gestionnaire de flotte.

help-pin-and-puk-title = Codes PIN et PUK
help-pin-and-puk-words = SIM bloquée, verrouillée, oublié, débloquer, déverrouiller, mauvais code, tentatives, essais
help-pin-and-puk-what = Le code PIN ouvre votre carte SIM au démarrage du téléphone. Le code PUK l’ouvre à nouveau après { $pins } codes PIN erronés. Gardez les deux là où vous les retrouvez.
help-pin-and-puk-card = Avec une carte SIM, ils sont imprimés sur son support.
help-pin-and-puk-esim = Avec une eSIM, ils sont dans l’e-mail d’activation.
help-pin-and-puk-app = L’app les affiche aussi{ "\u00A0" }: pour votre carte SIM, choisissez «{ "\u00A0" }{ $pin }{ "\u00A0" }» ou «{ "\u00A0" }{ $puk }{ "\u00A0" }». Ils disparaissent de l’écran après une demi-minute.
help-pin-and-puk-blocked = La carte SIM est bloquée{ "\u00A0" }? Tapez le code PUK exactement comme il est écrit{ "\u00A0" }; vous choisissez ensuite un nouveau code PIN. Entre-temps, le téléphone fonctionne encore par Wi-Fi.
help-pin-and-puk-change = Vous voulez un autre code PIN{ "\u00A0" }? Choisissez-le dans les réglages du téléphone, à la sécurité de la carte SIM.
help-pin-and-puk-guess = Ne devinez jamais un code PUK. Après { $puks } codes erronés, la carte SIM est définitivement perdue, et seule une nouvelle, demandée à votre employeur, y remédie. Éteindre le téléphone ne remet pas le compte à zéro.
help-pin-and-puk-secret = Ne donnez vos codes PIN et PUK à personne.

help-no-network-title = Pas de réseau
help-no-network-words = pas de signal, aucun service, pas de réception, couverture, appels d’urgence uniquement, recherche, ne fonctionne pas, carte SIM non reconnue, non détectée
help-no-network-settings = Regardez dans les réglages du téléphone si la SIM est activée et si le mode avion est désactivé.
help-no-network-restart = Redémarrez le téléphone. S’il demande le code PIN, tapez-le.
help-no-network-indoors = Seulement à l’intérieur{ "\u00A0" }? Là où le signal mobile est faible, votre téléphone peut appeler par le Wi-Fi.
help-no-network-ask = Il n’y en a toujours pas{ "\u00A0" }? Demandez à votre gestionnaire de flotte.

help-lost-phone-title = Perdu ou volé
help-lost-phone-words = téléphone perdu, téléphone volé, vol, voleur, disparu, retrouver, téléphone cassé
help-lost-phone-tell = Prévenez tout de suite votre gestionnaire de flotte, pour que votre carte SIM soit bloquée. La ligne est celle de votre employeur. Si vous n’y joignez personne, adressez-vous à { $operator }.
help-lost-phone-new = Demandez une nouvelle carte SIM ou une nouvelle eSIM avec votre numéro. Seul votre employeur peut la commander.
help-lost-phone-esim = Vous aviez une eSIM{ "\u00A0" }? Elle a disparu avec le téléphone, et le code de votre ancien e-mail ne sert en général qu’une fois{ "\u00A0" }: il vous en faut un nouveau.
help-lost-phone-pin = Tant que la carte SIM n’est pas bloquée, son code PIN la protège si le téléphone est redémarré ou si elle est mise dans un autre téléphone. Il ne protège pas un téléphone qui reste allumé.

help-account-title = Créer votre compte
help-account-words = s’inscrire, inscription, enregistrer, se connecter, connexion, mot de passe, oublié, profil, identifiant
help-account-split = Ceci vaut pour vous si votre employeur paie toute la facture. S’il la partage avec vous, il vous faut une invitation.
help-account-create = Sur l’écran de connexion, choisissez «{ "\u00A0" }{ $create }{ "\u00A0" }». La page de { $operator } s’ouvre.
help-account-number = Indiquez votre numéro de mobile et complétez votre profil.
help-account-sign-in = Dès lors, connectez-vous avec votre numéro de mobile et votre mot de passe, dans l’app comme sur le portail.

help-account-with-split-bill-title = Créer votre compte avec split bill
help-account-with-split-bill-words = s’inscrire, inscription, invité, code, perdu, e-mail, renvoyer, privé, facture partagée
help-account-with-split-bill-what = Avec split bill, vous ne pouvez pas créer un compte vous-même. Vous êtes invité par e-mail à l’activation de votre numéro.
help-account-with-split-bill-find = Cherchez l’e-mail avec l’invitation, aussi parmi les indésirables.
help-account-with-split-bill-open = Ouvrez son lien sur ce téléphone, ou choisissez «{ "\u00A0" }{ $enter }{ "\u00A0" }» sur l’écran de connexion et tapez le code. Complétez ensuite votre profil.
help-account-with-split-bill-lost = Vous l’avez perdue{ "\u00A0" }? Votre employeur la renvoie depuis le portail de { $operator }. «{ "\u00A0" }{ $lost }{ "\u00A0" }» prépare la demande.

help-usage-and-alerts-title = Votre consommation et vos alertes
help-usage-and-alerts-words = données, data, gigaoctets, Go, GB, minutes, appels, forfait, notification, avertissement, limite, seuil, pour cent
help-usage-and-alerts-what = L’écran Consommation montre ce que vous avez utilisé dans cette période et ce qu’il vous reste.
help-usage-and-alerts-counted = À côté des chiffres figure jusqu’à quand { $operator } a compté. Ce que vous avez utilisé ensuite n’y est pas encore.
help-usage-and-alerts-out = Ce que votre forfait ne comprend pas est hors forfait. Cela figure à part, avec les services de tiers comme le stationnement par SMS.
help-usage-and-alerts-told = L’app vous avertit à { $thresholds } d’un volume inclus.
help-usage-and-alerts-own = Vous pouvez ajouter vos propres seuils, et des heures où l’on vous laisse tranquille.
help-usage-and-alerts-sent = { $operator } envoie aussi des alertes, selon son propre comptage. L’app les énumère{ "\u00A0" }; elle ne peut ni les modifier ni les arrêter.

help-plan-title = Votre forfait, et comment en demander un autre
help-plan-words = abonnement, tarif, option, changer, modifier, changement, plus de données, étranger
help-plan-what = Votre forfait et ce qu’il comprend figurent sur l’écran Consommation.
help-plan-employer = Seul votre employeur peut le changer, sur le portail de { $operator }. L’app ne le peut pas.
help-plan-ask = Il ne convient pas{ "\u00A0" }? L’app prépare une demande à votre gestionnaire de flotte. Ajoutez ce dont vous avez besoin et envoyez-la.

help-split-bill-title = Split bill{ "\u00A0" }: qui paie quoi
help-split-bill-words = facture partagée, contribution, budget, employeur, facture privée, tiers, stationnement, reporter, solde
help-split-bill-without = Sans split bill, votre employeur paie l’abonnement et vous ne recevez pas de facture.
help-split-bill-third-parties = Les services de tiers, comme le stationnement par SMS, sont toujours à votre charge, même s’il reste une partie de la contribution.
help-split-bill-limit = Une facture arrive quand vos frais personnels dépassent { $limit } au total{ "\u00A0" }; à { $limit } exactement, il n’en vient pas. Ce qui n’a pas été facturé peut figurer sur une facture ultérieure.
help-split-bill-third-period = Deux périodes au plus se passent sans facture. À la troisième, il en vient une quel que soit le montant.

help-invoice-title = Lire votre facture
help-invoice-words = total, montant, TVA, détail, PDF, télécharger, frais, inconnu, relevé
help-invoice-first = La première page est l’aperçu, avec le total.
help-invoice-detail = Les détails viennent ensuite.
help-invoice-out = Tous les frais hors forfait viennent à la fin.
help-invoice-none = Un mois sans facture est normal{ "\u00A0" }: vos frais personnels ne dépassaient pas { $limit }, ou votre employeur paie tout.
help-invoice-dispute = Des frais que vous ne reconnaissez pas{ "\u00A0" }? Choisissez la ligne, et l’app prépare une question à { $operator }.
help-invoice-offline = Une facture téléchargée s’ouvre aussi sans réseau.

help-paying-title = Le paiement et les rappels
help-paying-words = payer une facture, virement, banque, IBAN, numéro de compte, communication structurée, QR, domiciliation, échéance, retard, en retard
help-paying-when = La facture dit combien il faut payer, et pour quand.
help-paying-how = Payez sur la page de { $operator } si l’app le propose. Ou faites un virement{ "\u00A0" }: copiez le compte et la communication structurée tels quels, ou scannez le code QR dans l’app de votre banque sur un autre appareil.
help-paying-debit = Avec une domiciliation, vous n’avez rien à faire.
help-paying-account = Le compte n’est pas celui de votre dernière facture{ "\u00A0" }? Avant de payer, appelez { $operator } à un numéro que vous connaissez, et comparez.
help-paying-reminder = Un rappel concerne une facture qui existe déjà. Payez celle-ci, une seule fois.
help-paying-unpaid = Si une facture reste impayée, { $operator } vous envoie d’abord un rappel, puis contacte votre employeur.

help-wifi-calling-title = Les appels Wi-Fi
help-wifi-calling-words = VoWiFi, WLAN, sans fil, intérieur, couverture, mauvais signal, réception, activer
help-wifi-calling-what = Là où le signal mobile est faible, votre téléphone peut appeler par Wi-Fi. Une fois l’option activée, cela se fait tout seul.
help-wifi-calling-two = Il faut deux choses{ "\u00A0" }: que { $operator } le permette pour votre ligne, et que ce soit activé sur le téléphone.
help-wifi-calling-iphone = Sur un iPhone{ "\u00A0" }: allez dans les réglages, puis au réseau cellulaire, puis aux appels Wi-Fi, et activez-les pour cet iPhone.
help-wifi-calling-android = Sur Android{ "\u00A0" }: allez dans les paramètres d’appel, puis aux appels Wi-Fi, et activez-les. L’endroit varie d’un téléphone à l’autre.
help-wifi-calling-walk = L’écran Appels Wi-Fi vous y mène pas à pas sur votre téléphone, et vous aide à voir si cela fonctionne.

help-wifi-calling-abroad-title = Les appels Wi-Fi à l’étranger, et le 112
help-wifi-calling-abroad-words = itinérance, roaming, voyage, vacances, UE, appel d’urgence, secours, ambulance, police, pompiers
help-wifi-calling-abroad-what = Avant de partir, demandez à votre gestionnaire de flotte ce que coûtent les appels Wi-Fi à l’étranger.
