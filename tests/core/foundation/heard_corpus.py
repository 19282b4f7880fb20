"""What shop owners answer in the interview and what they say beside it: written before the signs that tell the two apart.

The even lines may be looked at when a sign is written. The odd ones are held out, and only measured.
"""

from __future__ import annotations

import re

ANSWERED = {
    "What we sell": """
        Make your own candle kits, the beeswax one flies out / Send a hug boxes, mostly for sick friends /
        Keep cups from bamboo, £12 /
        Actually useful bags. The tote goes most / Wooden toys. The stacking fish, by a mile /
        Change mats and nappy pouches /
        Save the date cards and thank you notes / Sourdough starter, flour and a proper banneton / Oat soap for itchy dogs /
        Leave in conditioner bars, coconut mostly / A5 journals that lie flat, €32 /
        Remove before washing: bra inserts from cotton /
        Get well soon hampers, the ginger one / Show collars for greyhounds / Plant pots, mainly the speckled ones /
        Hot sauce. The smoked habanero sells twice as much as the rest
    """,
    "How it works": """
        We will do it by hand, start to finish / I cut, sew and pack it all at my kitchen table /
        Stop, weigh, taste, then jar /
        No plastic, ever / You send me a photo and I draw from that / I'll be wiping each bar with a cloth before I wrap it /
        We set the dough at night and bake at four / Back and front are cut from one hide /
        I put a hand written card in each box /
        I do nothing before the order is in / Leave it overnight, then turn it, then leave it again /
        wait three weeks, then I cut the soap /
        It is pressed cold, in small lots / Me talking to the plants, probably /
        Each bone is boiled twice and dried six hours
    """,
    "Why we exist": """
        Stop babies' itching / Make gifting easy / My mum would miss it, and the ladies from the church /
        They'd go back to plastic bags / Keep an old craft going / Show kids that veg can taste good /
        the dads who have no idea what to buy / I think about forty regulars, they'd go back to amazon /
        Send less to landfill / To make sure that nobody eats alone / Dog owners who have tried everything /
        My regulars. Back to supermarket bread for them / Nobody, if I'm honest, not yet
    """,
    "Main promise": """
        Keep mornings calm / Sleep without scratching / Leave the house in ten minutes flat /
        Get a whole week of lunches done on sunday / Put the baby down without a fight / Stop worrying about the skin /
        Write flat, from the first page on / show off a garden that looks after itself / Can finally wear wool /
        Go a whole day without thinking about her feet / Move without pain / Save an hour every evening /
        they can cook for six and still sit down with them
    """,
    "How we do it better": """
        Turned down a cheaper mill last spring. Rule: only wool I can visit / No shortcuts on drying time /
        The printer offered glue binding at half the price. We sew / Never send anything I'd be embarrassed by /
        I said no to palm oil, it costs me 40p a bar / I wait for ripe fruit even if we are sold out /
        A supermarket asked, I said no. It would have meant preservatives / Change nothing in the recipe to save a penny
    """,
    "Character": """
        My nan. She'd never let you leave hungry / A retired sailor, never shows off / someone calm who listens first /
        The friend who brings wine and never checks her phone / Would never talk over anyone /
        That aunt with the big earrings /
        a vet with muddy boots, wouldn't dream of lecturing / No one fancy. Never wastes food
    """,
    "Offer and price place": """
        middle, about £24 / The dear one. £60 and worth it / Cheapest of the good ones, orders are 18 on average /
        it's 35 most times, so the middle / Top end. 140 or so
    """,
    "Voice": """
        calm, dry, exact / warm and a bit daft / Chatty. Honest. Never pushy / like your sister on the phone /
        gentle, clear, unhurried / Cheeky but kind / no nonsense, warm / soft spoken; exact; old school
    """,
    "Story and feel": """
        Standing in the rain with a box of unsold jam / i was at my desk with the redundancy letter /
        Had the baby in one arm and a sewing machine pedal under my foot / at the kitchen table, with my gran's recipe book /
        On the sofa, knitting for a friend who then paid me / I quit my job on a Friday. Had a bag of clay in the car
    """,
    "Rivals": """
        Papier, Leuchtturm, the stationer in town / Pets at Home; Amazon / Lush: fun and fresh /
        Move on to Not On The High Street /
        Probably Etsy / supermarket own brand, told it's just as good / Paperchase's gone so WH Smith
    """,
    "Their gaps": """
        ink bleeds through, spine cracks / It fell apart in the wash / smells fake / never got a reply when it broke /
        Took a month to come and no one said sorry
    """,
    "Our difference": """
        we sew ours, so it lies flat / Unlike Papier we use real thread, so it lasts /
        We answer the phone so they get help the same day /
        Ours can be mended, so they buy once
    """,
    "Trends": """
        is there a refill / Do you do gift wrap / can I get it by friday / how do I wash it / what's it made of /
        whether it is UK made
    """,
    "Market pains": """
        no good boxes in small runs / clay prices / Nobody shows you how to do the tax / Instagram keeps changing
    """,
    "Channels": """
        five insta, three market, two friends / word of mouth I guess / google mostly / half from the school newsletter
    """,
    "Channel plan": """
        Instagram, show the making / Send one newsletter a week / one reel on sundays, pinned / Put flyers in the vets /
        go to two markets a month and post from there
    """,
    "Identity": """
        Mums with rescue dogs that itch / Helen, 47, up early, dog walk, garden centre /
        A nurse on nights who cooks on her day off /
        The friend everyone asks for gift tips / Dad of two, builds lego on saturdays
    """,
    "Said pains": """
        he won't stop scratching / I've tried every cream / can't find one that lies flat / my hands are raw by friday /
        what do I even get her / i forget to water them / Sorry excuse for a bag / It's always wet when I need it /
        how do people do this / I am on my feet all day
    """,
    "Said goals": """
        Get the kids to bed by eight / stop buying lunch / write every day for a month / Keep one plant alive /
        leave work on time once / send all the thank you cards
    """,
    "Self-image and beliefs": """
        I'm not a plant person / that natural means it doesn't work / Wait for the sale, they think
    """,
    "Emotions and fears": """
        being the mum who forgot / that it dies on me / looking cheap in front of his parents
    """,
    "Needs and feelings": """
        I can relax now / proud and a bit smug / Safe / like I did something right for once
    """,
    "Watering holes": """
        r/rescuedogs, the park, mumsnet. dog itchy paws / Bullet journal groups on fb, pinterest /
        the allotment, gardeners world forum
    """,
    "Cost of doing nothing": """
        Another year of vet bills / more half filled notebooks in a drawer / Keep buying the same cheap shoes twice a year
    """,
    "Dream": """
        the dog asleep by the fire, not scratching / Her book on the table, finished / A garden party, everyone stays late
    """,
    "Channel value": """
        local radio, nobody shouts there / our vets' waiting room
    """,
    "Our stance": """
        use slow gifting. never fake scarcity / I won't touch wellness
    """,
}
"""Answers by the title of the cell that was asked for, parted by strokes."""

BESIDE = {
    "How it works": """
        keep that one / set reminders to evenings around 8 / remind me mornings at 7:30 / pause for now gotta roast /
        add that to my hooks / move this to the market grid / put the reminder on sunday instead /
        forget about that last thing /
        change my name to Jo pls / send me the list again / show the hook from before / save the headline you wrote /
        stop sending me stuff in the morning / go to the next one / leave that one for now / delete the bit about wax /
        oh sorry didn't mean to send that / oops that was the dog / wait thats not what i wanted / no, the other one /
        sorry i got distracted / actually never mind that / hm no thats not right / back to the last one please /
        whats a hook again / how do i log a sale / can you do it for me / where do i find the prompts /
        do i need all of these /
        is it normal that this takes so long / who made you / what happens after this / whats next after the foundation /
        i'm on the bus / will do it at home / kids are up / doing dinner / gtg bedtime / will finish later /
        in a meeting, one sec / just parking the car / let me get a coffee first / my break is over / got to serve someone /
        i write this on my phone, sorry for typos / answering from the shop so bear with me / im half asleep /
        laptop is updating
    """,
    "Voice": """
        use that one / i like the second one better / keep the first hook / turn off the reminders / push the reminder to 9 /
        make it shorter / try again / give me another one / do the same for pinterest / read that back to me / start over /
        take me back / undo / restart this / open my foundation / close this / skip ahead / send this to my coach /
        tell my coach i'm late with this / book me a call / remove the last line / rename the cell / copy that into rivals /
        sorry, wrong button / ah no, i misread / my mistake, that was a note to self / wait, i have to correct something /
        ok back. £8.50 actually not 8 / oh wait the price has changed / no hang on that was for rivals /
        what's a kpi / how long should this be / where did my answer go / am i doing this right / are there examples /
        why does it ask that / could i do this on my laptop / can i come back to this one / how many of these are there /
        whats the difference between that and character / is there a video for this / when is the next call / who sees this /
        i'll do my foundation by friday / will email dave about packaging tomorrow / need to ask my sister first /
        off to the post office / need to think / cant concentrate today / at work now / the shop is full, later /
        postie is here / boss walked in / my stop is next / on my way home / its my daughters birthday today
    """,
    "Rivals": """
        sorry, the voice answer is wrong, it should be calm, dry, exact / change the voice one to calm /
        can we do voice again /
        i want to add something to what we sell / main promise needs a rewrite / the price i gave you was old /
        remind me tmrw to email dave about packaging / can u write me a hook for the bones /
        write me a post about the bones /
        i dont have rivals do i / do you mean shops or brands / does amazon count / should i name them all /
        like online or local? /
        how many do you want / what if there are none / is one enough / wait what do you mean by that /
        you mean competitors? /
        let me look them up / will look it up and tell you / ill check and come back / dinner's burning / gotta run /
        cat on keyboard /
        that was quick / wow ok / nice one / this is fun / are you still there / hmm tricky
    """,
    "Said pains": """
        keep the second one / set a reminder for monday / pause the interview / back to trends please /
        delete my last message /
        save that as my hook / skip this one for now / show me my foundation / move my reminder to 8 / stop the interview /
        oops, wrong chat / sorry, that was for my husband / no wait thats the wrong cell / change the answer before /
        what does said pains mean / can you give me an example of pains / do you want their words or mine /
        whats the question again /
        gtg, bus / will do this tonight / ill finish this tomorrow / need to go, school run / brb door
    """,
}
"""What is said beside an answer, below the question of that cell, parted by strokes."""


def parted(table: dict[str, str]) -> list[tuple[str, str]]:
    """Each of the words with the title of its cell, in their order."""
    return [(title, each.strip()) for title, words in table.items() for each in re.split(r"\s/\s", words)]
