"""What somebody or something else would have an answer say; a person decides."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Proposal:
    """One answer: as whoever proposes knew it, as it would become, and as it stands."""

    path: str
    shared: str
    """What a reviewer was sent, or what the last import of the same figure put there."""
    wanted: str
    now: str
    joined: str | None
    """What accepting would write; None where the answer changed since in the same words."""

    @property
    def changed_since(self) -> bool:
        """True where the answer is no longer what the proposal rests on."""
        return self.now not in {self.shared, self.wanted}

    @property
    def settled(self) -> bool:
        """True where the answer already says what is proposed."""
        return self.now == self.wanted
