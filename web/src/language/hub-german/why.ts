import type { HubSentences } from '../hub-translator.ts'

/** Why something is shown, and whether a call rings (src/core, src/engine). */
export const whySentences: HubSentences = {
  Available: 'Verfügbar',
  Away: 'Abwesend',
  'Be right back': 'Gleich zurück',
  Busy: 'Beschäftigt',
  'Do not disturb': 'Nicht stören',
  Focusing: 'Fokuszeit',
  'In a call': 'Im Gespräch',
  'In a conference call': 'In einer Telefonkonferenz',
  'In a meeting': 'In einer Besprechung',
  Inactive: 'Inaktiv',
  'Appear offline': 'Als offline angezeigt',
  Offline: 'Offline',
  'Out of office': 'Nicht im Büro',
  Presenting: 'Präsentiert',
  Unknown: 'Unbekannt',
  'Urgent interruptions only': 'Nur dringende Unterbrechungen',
  '{who} says {state}': '{who} sagt {state}',
  '{who}: {state}': '{who}: {state}',
  '{link}: call on {where}': '{link}: Anruf an {where}',
  'call on {where}': 'Anruf an {where}',
  '{number} call legs on {where}': '{number} Gesprächszweige an {where}',
  '{where} cannot be heard': '{where} ist nicht zu hören',
  '{state} on {where} for more than {hours} h': '{state} an {where} seit mehr als {hours} h',
  '{state} chosen on {where}': '{state} gewählt an {where}',
  '{state} taken back on {where}': '{state} zurückgenommen an {where}',
  '{state} chosen on {where} by its schedule': '{state} gewählt an {where} nach dessen Zeitplan',
  '{state} taken back on {where} by its schedule': '{state} zurückgenommen an {where} nach dessen Zeitplan',
  'no source asks for anything': 'keine Quelle verlangt etwas',
  'nothing was heard yet': 'noch wurde nichts gehört',
  'weaker in the order of precedence, or says nothing by itself':
    'schwächer in der Rangfolge, oder sagt von sich aus nichts',
  'waiting to hear {system} first': 'wartet, bis {system} gehört wurde',
  'the address is given up: what is ours there is taken back':
    'die Adresse ist aufgegeben: was dort von uns ist, wird zurückgenommen',
  'signed out of {where}: it is handed back until they sign in':
    'abgemeldet von {where}: es ist zurückgegeben bis zur nächsten Anmeldung',
  'it was changed there by hand; we leave it': 'dort wurde es von Hand geändert; wir lassen es',
  'it was changed there by its schedule; we leave it': 'dort wurde es nach Zeitplan geändert; wir lassen es',
  '{cause}, which keeps what was written for {kept}': '{cause}; das behält, was für {kept} geschrieben wurde',
  'everything was taken back by an operator after it': 'danach wurde von Hand alles zurückgenommen',
  '{where} was used after it': 'danach wurde {where} benutzt',
  'emergency call back until {time}': 'Rückruf nach Notruf bis {time}',
  'it is a call of {where} itself, taken there: one call, which does not silence its own line':
    'es ist ein Anruf von {where} selbst, dort angenommen: ein Gespräch stellt die eigene Leitung nicht still',
  'the target has no such state': 'das Ziel hat diesen Zustand nicht',
  '{cause} asks for the same': '{cause} verlangt dasselbe',
  '{where} was changed there after it, by hand': '{where} wurde danach dort geändert, von Hand',
  '{where} was changed there after it, by its schedule': '{where} wurde danach dort geändert, nach Zeitplan',
  '{cause} stands above it': '{cause} steht darüber',
  '{cause} keeps what was shown before it': '{cause} behält, was vorher gezeigt wurde',
  '{cause} keeps what was shown after it': '{cause} behält, was danach gezeigt wurde',
  'a newer choice was made elsewhere': 'anderswo wurde später gewählt',
  '{cause} is stronger or older': '{cause} ist stärker oder älter',
  'the link only observes': 'die Verknüpfung beobachtet nur',
  'a request is under way': 'eine Anfrage ist unterwegs',
  'ran out at the target': 'am Ziel abgelaufen',
  'the target drops what is written': 'das Ziel lässt Geschriebenes fallen',
  'sent without an answer': 'gesendet, ohne Antwort',
  'changed there by hand while it was prolonged': 'beim Verlängern dort von Hand geändert',
  'the source cannot be heard': 'die Quelle ist nicht zu hören',
  'no phone is registered there': 'dort ist kein Telefon registriert',
  'whether a phone is registered there is not told': 'ob dort ein Telefon registriert ist, wird nicht gesagt',
  '{system} has not been heard yet': '{system} wurde noch nicht gehört',
  '{system} cannot be heard at the moment': '{system} ist im Augenblick nicht zu hören',
  '{system} cannot be heard at the moment; do not disturb was on when it was last heard':
    '{system} ist im Augenblick nicht zu hören; zuletzt war Nicht stören an',
  '{system} cannot be heard at the moment; do not disturb was off when it was last heard':
    '{system} ist im Augenblick nicht zu hören; zuletzt war Nicht stören aus',
  'do not disturb of this phone cannot be read': 'Nicht stören dieses Telefons lässt sich nicht lesen',
  'do not disturb is on, set by the hub: {cause}': 'Nicht stören ist an, vom Hub gesetzt: {cause}',
  'do not disturb is on, being set by the hub: {cause}':
    'Nicht stören ist an, wird gerade vom Hub gesetzt: {cause}',
  'do not disturb is on, set at the phone': 'Nicht stören ist an, am Telefon gesetzt',
  'do not disturb is on, the hub did not set it': 'Nicht stören ist an, nicht vom Hub gesetzt',
  '{reason}; what that means to queues has not been declared':
    '{reason}; was das für Warteschlangen heißt, ist nicht angegeben',
  'paused in the queues, by the hub: {cause}': 'in den Warteschlangen pausiert, vom Hub: {cause}',
  'paused in the queues, not by the hub': 'in den Warteschlangen pausiert, nicht vom Hub',
  'on a call; a second one rings as far as the phone system lets calls wait':
    'im Gespräch; ein zweiter Anruf klingelt, soweit die Telefonanlage anklopfen lässt',
  'on a call; a second one rings as far as the phone system lets calls wait; where a queue offers it a call':
    'im Gespräch; ein zweiter Anruf klingelt, soweit die Telefonanlage anklopfen lässt, wo eine Warteschlange ihn anbietet',
  'a phone is registered and do not disturb is off': 'ein Telefon ist registriert und Nicht stören ist aus',
  'a phone is registered and do not disturb is off; where a queue offers it a call':
    'ein Telefon ist registriert und Nicht stören ist aus, wo eine Warteschlange einen Anruf anbietet',
  'the hub silences nothing after an emergency call until {time}':
    'nach einem Notruf stellt der Hub bis {time} nichts still',
  'no state is shown, or none that is known': 'kein Zustand wird gezeigt, oder kein bekannter',
  '{state} does not block calls': '{state} sperrt keine Anrufe',
  '{state} does not block calls; without a client signed in they end unanswered':
    '{state} sperrt keine Anrufe; ohne angemeldeten Client bleiben sie unbeantwortet',
  '{state} blocks calls, except from people with priority access':
    '{state} sperrt Anrufe, außer von Personen mit Vorrang',
  '{state} blocks calls, except from people with priority access; set by the hub: {cause}':
    '{state} sperrt Anrufe, außer von Personen mit Vorrang; vom Hub gesetzt: {cause}',
  '{state} is shown by the hub for {cause}; whether that blocks calls has not been confirmed':
    '{state} zeigt der Hub wegen {cause}; ob das Anrufe sperrt, ist nicht bestätigt',
  'on a call there; whether a second one rings depends on Busy on busy, which has not been declared':
    'dort im Gespräch; ob ein zweiter Anruf klingelt, hängt von Besetzt bei besetzt ab, das nicht angegeben ist',
  'on a call there; Busy on busy is left to each person':
    'dort im Gespräch; Besetzt bei besetzt ist jeder Person überlassen',
  'on a call there; Busy on busy is off, so a second one rings':
    'dort im Gespräch; Besetzt bei besetzt ist aus, ein zweiter Anruf klingelt also',
  'on a call there; Busy on busy rejects a second one':
    'dort im Gespräch; Besetzt bei besetzt weist einen zweiten Anruf ab',
  'on a call there; Busy on busy treats a second one like one that nobody took':
    'dort im Gespräch; Besetzt bei besetzt behandelt einen zweiten Anruf wie einen, den niemand annimmt',
  'In a call is shown for a call on the phone, which does not stop calls here from ringing':
    'Im Gespräch wird wegen eines Anrufs am Telefon gezeigt; das hält Anrufe hier nicht vom Klingeln ab',
  'presence is not considered for internal calls': 'bei internen Anrufen zählt Präsenz nicht',
  'calls of a queue follow the rules of the queue, which cannot be read':
    'Anrufe einer Warteschlange folgen deren Regeln, die sich nicht lesen lassen',
  '{state} signals no calls and allows none': '{state} signalisiert keine Anrufe und erlaubt keine',
  '{state} signals calls': '{state} signalisiert Anrufe',
  '{system} is signed out; calls go to {other}, by its own rules':
    '{system} ist abgemeldet; Anrufe gehen an {other}, nach dessen Regeln',
}
