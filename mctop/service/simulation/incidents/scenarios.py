"""The scenarios, each an incident; all of it passes within `effects.LASTS` seconds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.service.simulation.incidents.effects import Envelope, Fade, Incident, Loss, Outage, Scope, Strain, Surge
from mctop.service.simulation.workload.families import ADVICE, EXPORT, FRONT, ITEM, PRODUCT, VIRAL

if TYPE_CHECKING:
    from collections.abc import Mapping


HOUR = 3_600.0
SICK = 1
"""The server that a scenario strikes, if there are so many."""

THERE = Scope(server=SICK)

STORM = Incident(
    surges=(Surge(EXPORT, 22, Envelope(240, 2.8 * HOUR, 900), Envelope(HOUR, 2 * HOUR, 1_200)),),
)

PULSE = Envelope(4, 40, 16, times=36, every=300)
STAMPEDE = Incident(
    surges=(
        Surge(FRONT, 350, Envelope(30, 3 * HOUR, 60), Envelope(1, 3 * HOUR, 60)),
        Surge(FRONT, 3_200, PULSE, PULSE),
    ),
    losses=(Loss(scope=Scope(FRONT), times=36, every=300, expires=True),),
    strains=(Strain(PULSE, latency=2.6, connections=1.9, opened=45),),
)

ROLLOUT = Envelope(150, 2.5 * HOUR, 150)
RENAME = Incident(
    surges=(Surge(ITEM, PRODUCT.gets, ROLLOUT, Envelope(150, 2.5 * HOUR, 1_800)),),
    fades=(Fade(1.0, ROLLOUT, scope=Scope(PRODUCT), items=Envelope(2 * HOUR, 0.5 * HOUR, 1_500)),),
    losses=(Loss(scope=Scope(ITEM)), Loss(at=2.5 * HOUR, share=0.7, scope=Scope(PRODUCT))),
)
"""A deploy renames a prefix; after two and a half hours it is taken back."""

TTL_CLIFF = Incident(
    losses=(Loss(share=0.95, scope=Scope(PRODUCT), times=12, every=900, refill=240, expires=True),),
)
"""One job stored every product at the same moment with the same TTL, again and again."""

SLOW = Envelope(2_400, 2 * HOUR, 900)
SLOW_SERVER = Incident(
    fades=(Fade(0.35, SLOW, scope=THERE),),
    strains=(Strain(SLOW, latency=9, connections=1.8, opened=2.5, scope=THERE),),
)

LOOK = Envelope(1_800, 2 * HOUR, HOUR)
HOT_KEY = Incident(
    surges=(Surge(VIRAL, 3_400, LOOK, LOOK),),
    strains=(Strain(LOOK, latency=2.2, connections=1.3, scope=Scope(VIRAL)),),
)

RELEASE = Envelope(1_500, 2.5 * HOUR, 90)
NEVER_STORED = Incident(surges=(Surge(ADVICE, 480, RELEASE, RELEASE),))

OUTAGE = Outage(SICK, 150)
ABSENCE = Envelope(0, OUTAGE.seconds, 0)
RESTART = Incident(
    fades=(Fade(1.0, ABSENCE, scope=THERE),),
    losses=(Loss(at=OUTAGE.seconds, scope=THERE),),
    strains=(Strain(Envelope(0, OUTAGE.seconds, 90), connections=0, scope=THERE),),
    outage=OUTAGE,
)

INCIDENTS: Mapping[str, Incident] = {
    "steady": Incident(),
    "flush": Incident(losses=(Loss(),), flushes=(0.0,)),
    "eviction-storm": STORM,
    "stampede": STAMPEDE,
    "rename": RENAME,
    "ttl-cliff": TTL_CLIFF,
    "slow-server": SLOW_SERVER,
    "hot-key": HOT_KEY,
    "never-stored": NEVER_STORED,
    "restart": RESTART,
}
