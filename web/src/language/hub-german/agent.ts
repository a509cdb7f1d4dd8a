import type { HubSentences } from '../hub-translator.ts'

/** What a trial of agents finds, how they are doing, and why one did not do what was asked. */
export const agentSentences: HubSentences = {
  'Agents connect to {address}, which only this machine reaches.':
    'Agenten verbinden sich mit {address}; das erreicht nur dieser Rechner.',
  'Set http.publicUrl to an https address for agents on other computers.':
    'Setzen Sie http.publicUrl auf eine https-Adresse, wenn Agenten auf anderen Rechnern laufen.',
  'Agents connect to {address}.': 'Agenten verbinden sich mit {address}.',
  'Agents connect to {address}: their tokens go over the network in clear.':
    'Agenten verbinden sich mit {address}: ihre Token gehen im Klartext über das Netz.',
  'Put a TLS proxy before the hub and set http.publicUrl to its https address.':
    'Stellen Sie einen TLS-Proxy vor den Hub, und setzen Sie http.publicUrl auf dessen https-Adresse.',
  '1 agent may connect.': '1 Agent darf sich verbinden.',
  '{number} agents may connect.': '{number} Agenten dürfen sich verbinden.',
  'The hub is not running: whether agents connect can only be seen while it does.':
    'Der Hub läuft nicht: ob sich Agenten verbinden, ist nur zu sehen, während er läuft.',
  'Connected: {agents}.': 'Verbunden: {agents}.',
  'No agent is connected.': 'Kein Agent ist verbunden.',
  'No agent is connected. {agent} was lost: {reason}.':
    'Kein Agent ist verbunden. {agent} ging verloren: {reason}.',
  'Start one, such as hookswitch agent; see docs/guide/agent-protocol.md.':
    'Starten Sie einen, etwa hookswitch agent; siehe docs/guide/agent-protocol.md.',
  'No agent may be written to, although something is to be written.':
    'In keinen Agenten darf geschrieben werden, obwohl etwas zu schreiben ist.',
  'Set "writes: nothing", or "write: true" for an agent.':
    'Setzen Sie „writes: nothing“, oder bei einem Agenten „write: true“.',
  'presenceStates: "{state1}" is no state that can be set.':
    'presenceStates: „{state1}“ ist kein Zustand, den man setzen kann.',
  'Name states that a person can pick, such as doNotDisturb/doNotDisturb, away/away, busy/busy, available/available, or busy/inACall.':
    'Nennen Sie Zustände, die man wählen kann, etwa doNotDisturb/doNotDisturb, away/away, busy/busy, available/available oder busy/inACall.',
  'Two agents are named "{name}".': 'Zwei Agenten heißen „{name}“.',
  'Give each agent a name of its own under agents[].id.':
    'Geben Sie jedem Agenten unter agents[].id einen eigenen Namen.',
  'Two agents have the same token.': 'Zwei Agenten haben dasselbe Token.',
  'Give each agent a token of its own: a token says who is speaking.':
    'Geben Sie jedem Agenten ein eigenes Token: daran ist zu erkennen, wer spricht.',
  'the agent is not connected': 'der Agent ist nicht verbunden',
  'Start an agent that connects to {address}; see docs/guide/agent-protocol.md.':
    'Starten Sie einen Agenten, der sich mit {address} verbindet; siehe docs/guide/agent-protocol.md.',
  'the hub': 'dem Hub',
  'Not connected any more: {agents} ({reason}).': 'Nicht mehr verbunden: {agents} ({reason}).',
  'See whether the computer is on and the agent runs.':
    'Sehen Sie nach, ob der Rechner an ist und der Agent läuft.',
  '{number} addresses, told by {agents}': '{number} Adressen, gemeldet von {agents}',
  '{number} addresses, told by {agents}; nobody speaks for {missing}':
    '{number} Adressen, gemeldet von {agents}; niemand spricht für {missing}',
  'it does not read what is said to it': 'er liest nicht, was ihm gesagt wird',
  'This instance was used already.': 'Diese Instanz wurde schon benutzt.',
  'the hub is stopping': 'der Hub hält an',
  'Agents do not set {wanted} in slot "{slot}".': 'Agenten setzen in „{slot}“ nicht {wanted}.',
  'the connector is not running': 'der Konnektor läuft nicht',
  'The agent {agent} is only listened to.': 'Dem Agenten {agent} wird nur zugehört.',
  'Set "write: true" for it, or let the link go elsewhere.':
    'Setzen Sie bei ihm „write: true“, oder lassen Sie die Verknüpfung anderswohin gehen.',
  'no agent that speaks for {address} is connected': 'kein Agent ist verbunden, der für {address} spricht',
  'No agent may speak for {address}.': 'Kein Agent darf für {address} sprechen.',
  'Name the address for one of the agents in the configuration.':
    'Nennen Sie die Adresse in der Konfiguration bei einem der Agenten.',
  'No agent has told whom it knows.': 'Kein Agent hat gesagt, wen er kennt.',
  'Start an agent; one that has no directory is matched by the addresses in the configuration.':
    'Starten Sie einen Agenten; einer ohne Verzeichnis wird nach den Adressen in der Konfiguration zugeordnet.',
  'Use an agent and a hub of about the same age.': 'Nehmen Sie Agent und Hub von ungefähr gleichem Stand.',
  'Add it to the addresses of this agent in the configuration of the hub.':
    'Fügen Sie sie in der Konfiguration des Hubs den Adressen dieses Agenten hinzu.',
  'a newer connection has taken over': 'eine neuere Verbindung hat übernommen',
  'Hookswitch agent protocol, version {version}': 'Agentenprotokoll von Hookswitch, Version {version}',
  'the agent said goodbye': 'der Agent hat sich verabschiedet',
  'Compare the frame with docs/agent-protocol.schema.json.':
    'Vergleichen Sie die Nachricht mit docs/agent-protocol.schema.json.',
  'the agent did not answer within {seconds} s': 'der Agent hat in {seconds} s nicht geantwortet',
  '{reason}, before it had answered': '{reason}, bevor er geantwortet hatte',
  'Send the snapshots asked for.': 'Schicken Sie die verlangten Gesamtbilder.',
  'Leave the address out, or name it for this agent in the configuration of the hub and in hello.':
    'Lassen Sie die Adresse weg, oder nennen Sie sie bei diesem Agenten in der Konfiguration des Hubs und in hello.',
  'nothing was heard for {seconds} s': 'seit {seconds} s war nichts zu hören',
  'Send a heartbeat in time.': 'Schicken Sie rechtzeitig ein Lebenszeichen.',
  'the connection is gone': 'die Verbindung ist weg',
  'no reason was given': 'ein Grund wurde nicht genannt',
}
