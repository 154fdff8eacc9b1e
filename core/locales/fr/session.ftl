# La connexion, les invitations et le verrouillage de l’app, de haut en bas.

sign-in-with-number = Se connecter avec votre numéro de mobile
first-time-here = Première fois ici{ "\u00A0" }?
create-account = Créer un compte
split-bill = Mon employeur partage la facture
split-bill-sentence = Votre compte se crée alors avec une invitation, un e-mail avec un lien et un code que votre employeur envoie à l’activation de votre numéro.
split-bill-enter = Saisir l’invitation
split-bill-lost = J’ai perdu l’invitation
invitation-title = Votre invitation { $operator }
invitation-sentence = Elle vous sert à créer votre compte sur la page de { $operator }. Rien n’a encore été fait, et rien ne se fera avant que vous continuiez.
invitation-go-on = Continuer chez { $operator }
invitation-not-now = Pas maintenant
invitation-signed-in = Vous êtes déjà connecté. Cette invitation est peut-être destinée à un autre compte.
unlock-prompt = Déverrouillez pour voir votre consommation
secrets-prompt = Afficher le PIN et le PUK
pin-prompt = Afficher le PIN
puk-prompt = Afficher le PUK
health-unsaved = Votre connexion n’a pas encore pu être enregistrée. Gardez l’app ouverte et votre téléphone déverrouillé un instant.
health-renewal-failing = Votre session n’a pas pu être renouvelée depuis plus d’un jour. Si cela persiste, vous reconnecter peut aider.
sign-out-unsent = { $count-n ->
    [1] Une modification de vos notifications n’a pas encore été envoyée. Elle est alors perdue.
   *[other] { $count } modifications de vos notifications n’ont pas encore été envoyées. Elles sont alors perdues.
}
landing-title = Vous êtes connecté
landing-close = Vous pouvez fermer cette page et retourner là où vous avez commencé.

# Les endroits de l'app.
place-getting-started = Bien démarrer
place-getting-started-short = Démarrer
place-usage = Consommation
place-usage-short = Conso
place-invoices = Factures
place-wifi-calling = Appels Wi-Fi
place-sim = PIN et PUK
place-notifications = Notifications
place-plan = Votre forfait
place-help = Aide
place-settings = Réglages
place-more = Plus
