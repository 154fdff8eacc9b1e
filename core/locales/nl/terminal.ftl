# Wat de terminal zegt naast de schermen.

terminal-press-enter = { $reason }: druk op Enter, of op Ctrl-C om het niet te doen.
terminal-nothing-shown = Er wordt niets getoond.
terminal-signed-in = Aangemeld bij { $operator }.
terminal-stepped-up = { $operator } weet dat jij het bent. Wat je wilde zien, kan enkele minuten getoond worden.
terminal-copy-kept = Hier wordt een kopie van de PUK-code bewaard, om zonder netwerk te tonen.
terminal-copy-none = Hier wordt geen kopie van de PUK-code bewaard.
terminal-code-whose = Het is de code die hier bewaard wordt; voor welke van je eSIM’s ze is, is hier niet bekend.
terminal-code-card = Deze sim is een kaart. Alleen een eSIM heeft een code.
terminal-code-gone = Hier wordt geen code van een eSIM bewaard.
terminal-sim-none = { $operator } meldt geen simkaart of eSIM van jou.
terminal-sim-unknown = Zo’n sim heb je niet. Deze zijn van jou:
terminal-sim-several = Je hebt meerdere sims. Zeg welke met --sim:
terminal-line-none = Er is geen lijn voor je onderweg.
terminal-line-unknown = Zo’n lijn is niet voor je onderweg. Deze wel:
terminal-line-several = Er zijn meerdere lijnen onderweg. Zeg welke met --line:
terminal-line-never = Of er een lijn voor je onderweg is, is hier nog niet bekend. Vraag het aan { $operator } met: companion activation
terminal-code-deleted = De code van je eSIM die hier bewaard werd, is gewist.
terminal-hide = Enter of q verbergt het.
