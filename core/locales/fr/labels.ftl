# Mots des apps autour de ce que disent les fonctions : boutons, champs, titres.

label-back = Retour
label-close = Fermer
label-cancel = Annuler
label-confirm = Confirmer
label-go-on = Continuer
label-refresh = Actualiser
label-loading = Chargement
label-copy = Copier
label-copied = Copié
label-share = Partager
label-by-email = Par e-mail
label-open = Ouvrir
label-show-more = Afficher plus
label-details = Détails
label-write-to-employer = Écrire à votre employeur

label-browser-opened = Connectez-vous sur la page qui s’est ouverte. Vous revenez ensuite ici.
label-invitation-field = Lien ou code de l’invitation
label-sign-out = Se déconnecter
label-sign-out-sentence = Vos chiffres, factures et codes sont alors supprimés de ce téléphone.

label-line = Ligne
label-history = Historique
label-days = Jour par jour
label-how-we-know = D’où vient ce chiffre
label-plan-contents = Ce qu’il contient
label-plan-not-right = Pas le bon forfait{ "\u00A0" }?

label-own-alerts = Vos propres alertes
label-operator-alerts = Envoyées par votre opérateur
label-add-alert = Ajouter une alerte
label-percent-field = Pourcentage du forfait
label-costs-field = Frais en euros
label-remove = Supprimer
label-quiet-hours = Heures calmes
label-quiet-from = De
label-quiet-to = À
label-try-one = Faire un essai
label-alerts-channel = Alertes de cette app
label-told-before = Déjà annoncées

label-why-this-invoice = Pourquoi vous recevez ceci
label-overview = Aperçu
label-not-mine = Ce n’est pas de moi
label-claim = Demander à votre employeur
label-claim-note = Remarque
label-claim-private = Avec les numéros appelés
label-claim-table = Partager en tableau
label-download = Télécharger
label-pause = Mettre en pause
label-resume = Reprendre
label-pay = Comment payer
label-mark-paid = J’ai payé
label-mark-unpaid = Pas encore payé
label-payee-is-right = Ce compte est le bon
label-scan-to-pay = Code de paiement pour l’app de votre banque

label-step-back = Une étape en arrière
label-short-version = La version courte
label-network = Ce réseau
label-place-field = Nom de cet endroit
label-send-report = Envoyer au support
label-open-settings = Ouvrir les réglages

label-keep-at-hand = À garder sous la main
label-by-when = Pour quand
label-if-not = Et sinon{ "\u00A0" }?
label-ask-compensation = Demander une indemnité
label-read-article = En savoir plus
label-esim-scan = Scanner le code
label-esim-field = Code complet (LPA)
label-confirmation-field = Code de confirmation
label-esim-fetch = Obtenir le code de l’opérateur
label-esim-install = Installer l’eSIM
label-esim-by-hand = À la main
label-show-pin = Afficher le PIN
label-show-puk = Afficher le PUK
label-hide = Masquer

label-search-help = Rechercher dans l’aide
label-nothing-found = Rien trouvé. Essayez un autre mot.
label-related = Voir aussi
label-contact = Contact
label-operator-pages = De votre opérateur
label-app-lock = Verrouillage de l’app
label-app-lock-sentence = Vos chiffres ne s’ouvrent qu’avec votre doigt, visage ou code.
label-version = Version
label-support-code = Code pour le support{ "\u00A0" }:

label-chosen = Choisi
label-step-done = Fait
label-step-current = Maintenant
label-step-ahead = Plus tard
label-step-failed = Arrêté ici
