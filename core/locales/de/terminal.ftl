# Was das Terminal neben den Bildschirmen sagt.

terminal-press-enter = { $reason }: drücken Sie die Eingabetaste, oder Strg-C, um es zu lassen.
terminal-nothing-shown = Es wird nichts angezeigt.
terminal-signed-in = Angemeldet bei { $operator }.
terminal-stepped-up = { $operator } weiß, dass Sie es sind. Was Sie sehen wollten, kann einige Minuten lang angezeigt werden.
terminal-copy-kept = Eine Kopie der PUK liegt hier, um ohne Netz angezeigt zu werden.
terminal-copy-none = Hier liegt keine Kopie der PUK.
terminal-code-whose = Es ist der hier aufbewahrte Code; für welche Ihrer eSIMs er ist, ist hier nicht bekannt.
terminal-code-card = Diese SIM ist eine Karte. Nur eine eSIM hat einen Code.
terminal-code-gone = Hier liegt kein Code einer eSIM.
terminal-sim-none = { $operator } nennt keine SIM von Ihnen.
terminal-sim-unknown = Eine solche SIM haben Sie nicht. Dies sind Ihre:
terminal-sim-several = Sie haben mehrere SIMs. Sagen Sie mit --sim, welche:
terminal-line-none = Für Sie ist kein Anschluss unterwegs.
terminal-line-unknown = Ein solcher Anschluss ist nicht für Sie unterwegs. Diese sind es:
terminal-line-several = Mehrere Anschlüsse sind unterwegs. Sagen Sie mit --line, welcher:
terminal-line-never = Ob ein Anschluss für Sie unterwegs ist, ist hier noch nicht bekannt. Fragen Sie { $operator } mit: companion activation
terminal-code-deleted = Der hier aufbewahrte Code Ihrer eSIM ist gelöscht.
terminal-hide = Die Eingabetaste oder q blendet es aus.
