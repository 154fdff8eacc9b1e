# What a person asks of the fleet manager, ready to send: polite, short, and what there is to do.

request-invitation-subject = Please send my { $operator } invitation again
request-hello = Hello,
request-who = I have a mobile subscription from { $operator } through work.
request-who-number = I have a mobile subscription from { $operator } through work, with the number { $number }.
request-invitation-lost = I can no longer find the e-mail with the invitation to create my account.
request-invitation-never-came = I need the invitation by e-mail to create my account, but it has not arrived.
request-invitation-used = The invitation to create my account turns out to have been used before, and I have no account.
request-invitation-expired = The invitation to create my account has expired.
request-invitation-unknown = The invitation to create my account is not recognised.
request-invitation-other = The invitation I received turns out to be for another number.
request-invitation-ask = Could you re-send the invitation from the portal of { $operator }, and check there that my e-mail address and my number are right?
request-plan-subject = Could you look at my { $operator } plan?
request-plan = The plan I have does not fit what I need for my work.
request-plan-ask = Could you see in the portal of { $operator } whether another plan or an option would fit better? What I need is:
request-wifi-subject = Wi-Fi calling for my { $operator } line
request-wifi = Wi-Fi calling is not available on my line.
request-wifi-ask = Could you ask { $operator } to switch it on for me, or tell me why it is not offered?
request-number-subject = My number and { $operator }
request-number = Moving my own number has stopped: it waits for something, or was refused.
request-number-ask = Could you see in the portal of { $operator } what is missing, such as a confirmation, the customer number or the SIM number at my old operator, and confirm the move or, if it was refused, order it again?
request-line-subject = My { $operator } line
request-line = My line is on order, and I cannot begin with it: it is held up or was refused, or my SIM card or the e-mail with the eSIM’s code has not arrived.
request-line-ask = Could you see in the portal of { $operator } whether everything was sent, and what is missing?
request-thanks = Thank you very much.
