"""Distress in plain words: what is answered by a person's care, and what is the talk of the trade."""

from __future__ import annotations

import time

import pytest

from core.chat.distress import is_distressed

SAID_IN_DISTRESS = """
I want to die
I just want to die, nothing works and I am so tired
i dont want to live anymore
I don't want to be here any more.
Honestly I no longer want to be alive
I'm going to kill myself
I keep thinking about killing myself
I've been thinking about suicide since Christmas
I am thinking of ending my life
I want to end it all
I'd rather be dead
I wish I was dead
I wish I were dead and the shop with me
I wish I had never been born
I feel suicidal
I am suicidal, sorry to say it here
I'm having suicidal thoughts again
I have thoughts of ending it
I tried to kill myself last year and it is back
I started cutting myself again
I've been hurting myself at night
I keep self-harming
I want to hurt myself
I could just kill myself
There's no reason to live
I have nothing left to live for
there is no point in living
I don't see the point of anything any more
Everyone would be better off without me
My kids would be better off without me
they'd all be better off if I was dead
I can't go on
I can't go on like this any more
I cannot cope any more
I just can't cope.
im not coping
I'm really not coping at all
I can't take it any more
I can't bear this any longer
I'm at breaking point
I am at the end of my tether
I'm at the end of my rope and nobody sees it
I think I'm having a breakdown
I'm having a panic attack right now
I feel so hopeless
I feel completely worthless.
I feel like a burden to everyone
I feel like dying
I hate my life
I hate being alive
I've lost all hope
I have lost the will to live
I cry myself to sleep every night
I've been crying all day
My life is over
my life is not worth living
Life isn't worth living
I'm falling apart
I am in a very dark place
I might hurt myself tonight
I want to disappear forever
I don't want to wake up any more
@Sage what was my promise again, and by the way I want to die
Ich will nicht mehr leben
Ich kann nicht mehr. Alles ist zu viel.
ich möchte einfach sterben
Ich denke daran, mir das Leben zu nehmen oder mir etwas antun
Mein Leben hat keinen Sinn
Quiero morirme
No quiero vivir más
Ya no puedo más.
Estoy pensando en suicidarme
Je veux mourir
J'ai envie d'en finir, je n'en peux plus.
Je pense à me suicider
Je n'ai plus envie de vivre
""".strip().splitlines()
SAID_AT_WORK = """
This ad is killing me
I could kill for a decent headline
I have so much dead stock
The deadline is killing me
My ads are dying
We are killing it this month
Kill the campaign, it burns money
How do I kill an ad set?
I'm dying to see the figures
I'm dying to know what you think of the hook
I nearly died laughing at that headline
I want to end the sale on Sunday
I want to end my subscription
Going to end the campaign
I can't go on holiday before the launch
I can't cope with the VAT form, can you explain it?
I can't take card payments yet
I can't take this product off the page
I'm not coping with the new ads manager
I feel hopeless at writing headlines
I'm hopeless with numbers
My conversion rate is hopeless
My shop is dead in January
Is email dead?
Customers say "I want to die when I smell it"
My customers feel hopeless about their skin
Write a headline in the voice of someone who says “I can't cope any more”
> I can't go on like this
Her pain is that she can't cope with the mess
They cut themselves on the old lids
I cut myself on a jar, is there a safer lid?
The hook should hurt a bit
I hate my logo
I hate my website
I hate writing ads
I hate myself for buying that font
I have lost all hope of ranking for kimchi
I'm at the end of module 3
I'm at the end of my budget
I'm in a dark room with my product, how do I light it?
What is a suicide prevention charity that I could support with each order?
Our candle shop donates to a self-harm charity
The bread starter died
My starter died again, do people need a rescue kit?
Do or die this quarter
Die neue Seite ist fertig
Ich kann nicht mehr einloggen
Ich will nicht mehr auf Facebook werben
Ich kann nicht mehr warten
Ich bin am Ende von Modul 2
Me muero de ganas de empezar
No puedo más de dos anuncios al día
Je n'en peux plus de ces publicités
C'est à mourir de rire
I need a break
I am tired of Facebook
I'm stressed about the launch, what first?
This module is really hard
I give up on TikTok
I'm giving up coffee, and selling tea
I don't want to be on Amazon any more
I don't want to live stream
I don't want to live in fear of the algorithm
I want to cut the price
I can't take it any further than draft two
I'm burning through my budget
What kills a good offer?
Everyone would be better off with a bigger jar
I feel worthless discounts hurt the brand
crying baby sleep sacks, which hook?
I've been trying all day to log in
My page is not worth visiting
Overkill?
I can't cope without my planner, that is what they tell me
I killed the old offer and want a new one
Killer headlines please
I'm killing myself to hit this deadline, so be quick
""".strip().splitlines()


@pytest.mark.parametrize("said", SAID_IN_DISTRESS)
def test_distress_is_heard(said: str) -> None:
    assert is_distressed(said)


@pytest.mark.parametrize("said", SAID_AT_WORK)
def test_the_talk_of_the_trade_is_not_distress(said: str) -> None:
    assert not is_distressed(said)


def test_there_are_enough_of_both() -> None:
    assert min(len(set(SAID_IN_DISTRESS)), len(set(SAID_AT_WORK))) >= 60


def test_it_is_heard_quickly() -> None:
    begun = time.process_time()
    for text in (
        "i " * 2_000,
        "i just " * 500,
        "i'm " * 1_000,
        "can't " * 600,
        "my shop " * 490,
        '"' * 4_000,
        "i really so just " * 240,
    ):
        is_distressed(text[:4_000])
    assert time.process_time() - begun < 1.0
