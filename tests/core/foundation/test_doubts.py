"""What is asked about before it is saved, and the answers of shop owners that are not."""

from __future__ import annotations

import re

import pytest

from core.contents import SHIPPED
from core.foundation.cells import Cells
from core.foundation.doubts import asks_for_their_words, is_doubtful, speaks_of_before

CELLS = Cells(SHIPPED)
TITLED = {each.title: each for each in CELLS.in_order}

ANSWERS = {
    "What we sell": """
        Soap bars by the kilo / we sell spice kits, the rogan josh one goes out of the door most, 14 pound /
        candels and wax melts, mostly the fig one, 18 euro / Handmade bags from old sails. The tote is 8 of 10 orders /
        order cards for weddings, from 2.40 each / Sorry cards and get well cards / Back to basics soap /
        Oops moments at children's parties / Phone cases and baby blankets / Question cards for dinner parties /
        Undo the damage of winter / I sell bread / Foundation powders without talc /
        Tins of curry paste, 3 heat levels, 6.50 each / I make wallets / Cushions. And a few lamps now /
        dog beds, mostly the big ones / bread subscription, you get a loaf each friday / customers buy the starter box first /
        I would tell them we sell time: a dinner kit for busy parents / leather belts made to order, ready in a week /
        gift boxes for new mums / a course: learn to sew in a weekend / Everything for the tired gardener /
        Door signs and doorbells / That is all natural soap / tea you can drink at night / One kit, one price: 39 /
        Notebooks you can refill / I sell what my garden gives, mostly garlic / This is a shop for left handed people /
        Soap. Shampoo bars. A dish for each / my best seller is the waiting room poster / A card game about questions /
        knitting kits, start tonight, done by sunday / We rent prams by the week
    """,
    "How it works": """
        you would see me cutting each skin by hand, no machine /
        I roast the spices the morning the order goes out, you can smell it when you open the tin /
        we answer back within a day / No wait, no fuss: we ship the same day /
        every order comes in and is made the same evening / we use beeswax instead of paraffin /
        I pour them in two goes, wait a day between, so the top does not sink /
        Wait times are short as each loaf is baked to order / You see the whole hide, then you choose your part of it /
        first a sec of heat, then oil, then the seeds. thats the whole trick / Two minutes, that is all it takes /
        I remove the pith by hand so nothing gets bitter / the phone is off when I stitch, every seam is one thread /
        First the order comes in, then I cut, then it rests overnight / I check every stitch twice /
        You tell me your skin type and I mix it the same day / we never stop the drum, so the spices toast even /
        It is the slow drying, 6 weeks / someone picks each leaf by hand / I wait until the oil separates /
        They can watch it live, it is for the people who like to know / I delete nothing: every failed batch is on the site /
        let the dough rest for a day / Take out the press and it is just a jar / I ask three questions, then I blend it /
        first i read the order twice / I am the only one who packs, so each box has a note from me /
        Its dried for 6 weeks. nobody has time for that / the customer comes in, I measure the foot, that is it /
        I need two days for one bag / I put what they wrote on the form next to me and mix to that / no gas, no rush, one fire /
        it is the slow oven / You will see me throw away one in ten /
        I'm always on the phone with the growers, they tell me what is ripe / I have a rule: if it wobbles it stays
    """,
    "Why we exist": """
        People would go back to the jar from the supermarket and think curry is difficult /
        my regulars. they wait too long for parcels elsewhere /
        A customer came in crying because her mothers recipe worked again /
        Nobody would miss us at first i think, but the old ladies of the choir would /
        I want to change how people eat on a tuesday / I want to see more bees in this city /
        to stop waste: half of all leather ends in a bin / they would need to drive to Leeds /
        Last tuesday when a boy wrote that he cooked for his mum /
        I think my neighbour would, she would go back to buying plastic / because my dad needed it /
        When a woman in Hull told me she stopped hiding her hands / Kids who can cook / They would miss the smell i guess /
        My mum asked me to / no one would, honestly. but i would / We answer a question nobody answers: what's in it /
        I needed it myself when I was ill / My neighbours would, they come every friday / they would go back to doing nothing /
        When a kid said: can I do it again? / I was tired of throwing things away / I would miss it most /
        it is for people who never get asked / That is easy: the teachers
    """,
    "Main promise": """
        you can cook a proper curry in 25 minutes without a recipe /
        A wallet that is still good in ten years, or I make a new one / no plastic, no perfume /
        their skin doesnt itch any more after a week / She can sleep again, and the baby too /
        you can have dinner on the table before the kids are tired / They know what to do tomorrow / a jar by Friday /
        Eat well after work / they can stop worrying about the sell by date / You can walk 20k in them the day after /
        sleep through / she can leave the house without make up / bake bread tomorrow morning with what is in the cupboard /
        it will be done in a weekend / find the thing they were looking for / They can read again before bed /
        That you never have to iron again / I can promise a good night's sleep /
        ready to eat in ten minutes, even when you're late
    """,
    "How we do it better": """
        The rule is that nothing leaves that I would not give my sister /
        I turned down cheap chinese leather at 4 euro a foot. costs me about 9 hours a month /
        no, never palm oil, even when it was half the price / we have to test each batch three times, one hour a week /
        Replace, do not refund: a broken one gets a new one, no questions asked /
        I sent 40 orders back because the lids were wrong /
        I could have bought the glue version. The rule: if I can't mend it I don't sell it /
        we do not answer on Sundays so my staff can rest / i had to go back to the supplier twice /
        Cheap lids. I said no. costs 200 a month / I won't ship on a friday because parcels sit all weekend /
        I was asked to use the cheap dye. I said not with my name on it /
        I would have saved 2 euro a jar. the rule: no plastic that you cannot see /
        The courier was half the price and lost three parcels, so never again / we test it on us first /
        My rule is to answer the same day, it costs me my lunch
    """,
    "Character": """
        The aunt who cooks too much and would never look at her phone /
        A quiet carpenter. He would never talk about money at the table /
        someone who asks you how you are and waits for the answer / my grandmother /
        a friend who tells you the truth, never sells / Would never leave before the dishes are done /
        She would never answer the phone at dinner / A calm woman who listens. She would never interrupt or leave early /
        my uncle, he never says sorry / Someone funny but on time / he would never be late or on his phone /
        the one who brings bread and stays to wash up / never boasts / Me, honestly /
        She'd ask questions and never answer for others / My old teacher, who had time /
        a dog person. never on time, never rude / Someone who says sorry first / a good listener, never in a hurry
    """,
    "Offer and price place": """
        middle. 45 euro / The expensive one, about 120 for a first order / Cheap ish, 14 to 20 pound, most take two /
        in the middle, usual order is 38 / we are dear. but you get it back if it breaks / middle, 2nd cheapest of five /
        We are the expensive one, 89. you get a lifetime repair / around 30 / cheap: 9.99 with free delivery tomorrow /
        Dearest in town, usual order is 60ish / I am the middle one / it is 25 with shipping
    """,
    "Voice": """
        warm, plain, a bit cheeky / dry; kind; short / friendly honest calm / tired but happy / like a neighbour, no fuss /
        short, kind, no jokes / Straight. Warm. A bit sleepy / playful but not silly / sorry not sorry / like a good teacher /
        honest but never rude / quick and sure / kind, clear, quick / not too loud / open; warm; a little old fashioned /
        cheerful and to the point / human
    """,
    "Story and feel": """
        I was in my kitchen with a burnt pan in my hands and the baby on my hip /
        I had to leave my job in march, and my dad gave me his knife /
        It went wrong three times, the wax sank and I cried, then the fourth one was right /
        that was for the last 20 years my trade / I was on the phone to the bank. order number one came in while I waited /
        I was feeding my baby at 3am and scrolling for a cream that didnt burn /
        It was a Tuesday, I had clay on my hands and a letter from the bank /
        I'm a nurse and was on nights. i needed something for my hands /
        We were on the train back from Leeds with one bag of saffron /
        I was sitting in the car outside the shop with the keys in my hand / It was the day my son was born /
        I had the phone in my hand and the first order came in / My husband said why don't you sell these /
        I was late for work and the zip broke
    """,
    "Rivals": """
        Rooted Spices, Spice Mountain, the supermarket / Etsy; the saddler in town /
        Spice Kitchen: gift tins, said to be authentic / They go back to Amazon and are told it is there tomorrow /
        nobody, they wait for us / Boots, Lush, the market lady / IKEA - cheap and there today / Waitrose (nice but boring) /
        The Real Food Company: you can trust us / Not on the high street anymore, so amazon / The big one in town /
        They ask a friend / I think they go to Hema and get told it lasts / Not sure, maybe bol.com
    """,
    "Their gaps": """
        stale on arrival, and nobody answers mails / The strap broke after two months and they never wrote back /
        Where is my parcel, they ask, three weeks late / too much plastic /
        You have to wait three weeks and then it is the wrong colour / no answer to mails / it was for kids and too small /
        late, broken, no reply / smells of plastic
    """,
    "Our difference": """
        Unlike them we roast the week you order, so it tastes of something / we repair for free, so you buy once /
        the last one they bought broke, ours does not / Nobody else shows the hide before you order /
        Unlike Hema we mend, so it lasts / you can talk to the person who made it, they can't /
        We show who made it and so they trust it
    """,
    "Trends": """
        can you send it without plastic / Is it vegan / they ask where the leather comes from / do you do refills /
        less sugar, smaller packs / What is in it? / is it refillable / how was it tanned / Can I pay later / do they last /
        whether it is plastic free / who made it / where is it from / Do you ship to Ireland now / if I can pay in three parts /
        can we see how it's made / is this vegan too
    """,
    "Market pains": """
        wax prices have doubled and nobody sells small amounts / couriers break one of ten / I have no time for social media /
        postage / no one answers the phone at the tannery / there is never time
    """,
    "Channels": """
        six from instagram, two from the market, one her sister told her / google, 4 of 10. dont know the rest /
        at the fair in October / dont know, maybe 3 from google / my mum told half of them /
        Mostly word of mouth, I never asked
    """,
    "Channel plan": """
        pinterest, one recipe a week / Instagram: show how it is made; newsletter on sunday / the market on saturday /
        pinterest; the local paper / I would do two reels a week / a note in every parcel that asks for a photo /
        Instagram on Sunday evenings
    """,
    "Identity": """
        Sarah, 34, two kids, works in an office and cooks on Saturday with music on /
        A man who buys for his wife, always late, in December / She gets up at six, feeds the dog, and goes to the allotment /
        young mum, tired, scrolls at night while the baby sleeps / Jo, 41, off on saturdays, always needs a coffee first /
        late twenties, at work all day, kid in nursery / He is a teacher who wants to cook for his wife /
        Someone who is tired of fast fashion / My sister, basically / Anna, 52, works too much, forgets lunch /
        a new dad who can't sleep / Someone who asks a lot of questions before she buys
    """,
    "Said pains": """
        it never tastes like at the restaurant / I need sleep / soft wax, and the scent is gone after a week /
        why do I always burn it / I don't know what to cook / i am so tired of cheap bags / what should I do with half a jar /
        the baby woke up again / I have to cook every night / Can I even trust the label / “sorry, i forgot the rice again” /
        The last one was wrong for my skin / I'm always late for dinner / my kids won't eat it /
        it's never ready when I need it / where do I start / I want to see results not promises / how long does it last /
        who can even read the label / you need a degree to use it / I tried to undo the stain and made it worse /
        what is wrong with me / It is for the dog but he hates it / I don't get it / it's too hard / I already tried three /
        it was never the right size / i forgot again / I can't do this / how do I get this out / that was a waste of money /
        I'll do it tomorrow / is it me / I have no time now / I gave up / this one is wrong too / my husband laughs at it /
        I'm late again
    """,
    "Said goals": """
        cook one real curry without looking it up / sleep through till monday / i want to finish one scarf /
        get dinner done by six / finish what I started / be done by friday / get the kids to eat it /
        to not think about dinner
    """,
    "Self-image and beliefs": """
        that curry takes hours / I can't cook / they think leather has to be expensive or bad
    """,
    "Emotions and fears": """
        that the guests are polite about it / Being laughed at by the mother in law / what if it goes wrong in front of people /
        that it was for nothing / wasting money again / my mum would say told you so / that I can't do it
    """,
    "Needs and feelings": """
        proud / safe; calm; finally grown up / like they are back home / I did it / relief, then pride / finally /
        like I can do this
    """,
    "Watering holes": """
        facebook group Curry Nights, r/curry, the asian shop. they type how to make curry not bitter /
        The school gate, Pinterest, mumsnet
    """,
    "Cost of doing nothing": """
        another year of takeaways, 60 a week / They buy a new bag each winter and throw it away / Still takeaways every friday /
        More late nights and takeaways / She keeps putting it off until tomorrow /
        he will be on the phone to the vet every month / another winter with cracked hands
    """,
    "Dream": """
        the whole family around one pot / a stall at the market, and her kids helping / the wedding and all eat her food /
        Everyone asleep by nine / She is out of the house with a book / back at the sea, all of them
    """,
    "Channel value": """
        small podcasts, I never have to shout there / The local paper. nobody is in it /
        pinterest, what i put there lives for years
    """,
    "Our stance": """
        I would be ashamed to say detox / We never print miracle / going to use the refill thing, never the detox one
    """,
}
"""By the title of the cell that was asked for; parted by strokes."""

DOUBTED = {
    "Voice": """
        yes / ok no / yep /
        wait order comes in / need sleep now. tomorrow more / two secs, someone at the door / no this was not answer /
        oh no that last bit was for the one before, sorry / order came in, back later / sorry, customer in the shop /
        can I see what I've put so far / i want do interview again / back. what was the question /
        and main promise is you can cook a proper curry / sorry phone is ringing / wait a sec, kids are crying / kid woke up /
        someone at the door / the baby woke up / i need to go to bed / gotta cook now / im so tired, tomorrow more /
        i am falling asleep here / going to bed, more tomorrow / ok i finish this later today / i'll do the rest tomorrow /
        let me think / let me check my mails first / need a break / give me a minute / one sec / hang on, courier /
        oops, that was for my husband / ugh sorry kid is up / good night / ok thanks, talk tomorrow / hold on my son calls /
        be right there / omg the dog just ate my lunch / ok i have to stop, mum is calling / no no thats not it /
        hmm thats wrong / that one is wrong / not this / i pressed the wrong thing / how long is this going to take /
        i have a question / can i ask u something / what day is it due / do i have to answer all of these / skip for today /
        phone dying / battery is at 2 percent / school run, back in 20 / boss is here / i already answered this /
        same as before / see above / is it ok if i write in dutch / sorry i was away / sorry for the wait, kids /
        ok where was i / where did we stop / forgot what you asked / pls go back to rivals / i want to change rivals /
        change the rivals one / remove amazon from rivals / that answer was rubbish / can we skip this / tired now /
        too tired for this today / ill think about it / need to think about this one / will think about it /
        ask my husband first, he knows / let me ask my husband / the last answer should say 15 not 18 / add to rivals: amazon /
        also put amazon in rivals / why is this so long / this is boring / this is too hard / i hate this question /
        are we done / is that it / are there more / how do i see my foundation / is this saved / did that save / test /
        hello are you there / thanks that was helpful / not now i am cooking / baby monitor. tomorrow /
        Let us stop for today, please. / Anyway that's me done for tonight, thanks!! / aaaaaaaghhjjk / idk skip / see prev /
        Evening boss! Sorry, Ama's got chickenpox so typing one handed / Excuse me, my telephone is ringing. /
        I do not quite understand the question, I am afraid. / the "our difference" one is wrong. should be: they last years /
        I will photograph the espresso cups by Thursday, if the weather allows.
    """,
    "Character": """
        oops that wasn't an answer for character, that was for you about the week /
        oh that would be the interview, finish it by thursday night / that wasnt an answer / this isn't my answer /
        it was a question, not an answer, that is not an answer / sorry that was for you not for the interview /
        can you delete that / delete that please / scrap that last one / undo the last answer please /
        please remove what i wrote / don't save that / why did you save that / you saved the wrong thing / dont save this /
        thats a typo, i meant quiet / wrong cell / change my last answer to quiet and kind / i put it in the wrong box /
        that is for the previous one / put warm instead / can i change something i said before /
        i want to change my answer about price / that should be in the next question / forget what i said /
        edit the one before / ignore that last message / actually scrap Rooted Spices, put Steenbergs instead /
        replace Rooted Spices with Steenbergs instead / no not that, scrap it / wait / sec / hold on a bit /
        the courier is here brb / customer just walked in / got a customer / someone's calling me / my daughter needs me /
        dinner's ready / oops sent too early / sorry wrong chat / that was meant for my sister / not for you /
        this message was for hanna / ignore that / never mind / nvm / forget it / go back one question /
        previous question please / can we redo the last one / the one about price was wrong / i think i answered that wrong /
        i misread the question / should be 18 not 15 in the price one / change price to 18 /
        in the price one i forgot to say shipping is free / what do you want to know exactly / is there a right answer /
        how many words / do you want one word or a sentence / can you give me options / what did others write /
        what would you say / you tell me / you decide / write it for me / can you write that for me / suggest something /
        later please / not tonight / tomorrow then / its late, good night / i'm going to sleep / i have 5 minutes only /
        lets finish this / how far are we / is this the same as before / didnt i answer this already /
        you keep asking the same / hello? / still there? / sorry i fell asleep yesterday
    """,
    "How it works": """
        what was the question again / what does it mean how it works / is this the last one /
        can you explain that in other words / are you a bot / do you save this / who can read this / where do i see my answers /
        what do i get for this / how do i go back / should i write about the shop or me / did you get my last answer /
        show me what i wrote / tell me again what you want / repeat the question please / remind me tomorrow /
        i want to see my answers / i want to redo the interview / i would like to skip it / i dont get what you want /
        i dont understand the question / your question is strange / you asked that already / i told you already /
        i already told you that / stupid bot / can we do this tomorrow / could you ask me that tomorrow /
        which question is this / what have i put so far / may i ask something else / why are you asking me this stuff
    """,
    "Trends": """
        can you show me what you saved so far / what was the last question / sorry what was the question, kids were crying /
        wait, that was for the one before / delete that please / oops wrong question / our voice is warm and short /
        for main promise, add that it keeps a year / the main promise is a curry in 25 minutes /
        order came in, customer waiting
    """,
}


def _all(table: dict[str, str]) -> list[tuple[str, str]]:
    return [(title, each.strip()) for title, words in table.items() for each in re.split(r"\s/\s", words)]


def _asked_about(title: str, words: str) -> bool:
    titles = [each for each in TITLED if each != title]
    return is_doubtful(words, TITLED[title], titles)


@pytest.mark.parametrize(("title", "words"), _all(ANSWERS))
def test_what_a_shop_owner_answers_is_saved_at_once(title: str, words: str) -> None:
    assert not _asked_about(title, words)


@pytest.mark.parametrize(("title", "words"), _all(DOUBTED))
def test_what_may_be_no_answer_is_asked_about(title: str, words: str) -> None:
    assert _asked_about(title, words)


def test_nobody_writes_a_long_aside() -> None:
    told = "wait, order came in. It is the wax: we pour twice, wait a day between, and turn each glass by hand"
    assert not _asked_about("How it works", f"{told} before the second time, so that no air stays below it and the top is even")
    assert _asked_about("How it works", "wait, order came in")


def test_which_words_are_about_what_was_answered_before() -> None:
    assert all(map(speaks_of_before, ("no this was not answer", "actually scrap Rooted Spices", "delete that please")))
    assert not any(map(speaks_of_before, ("need sleep now", "who can read this", "someone at the door")))


def test_what_customers_ask_and_feel_is_asked_for_by_some_cells_alone() -> None:
    theirs = {title for title, cell in TITLED.items() if asks_for_their_words(cell.question)}
    assert theirs >= {"Said pains", "Said goals", "Trends", "Emotions and fears", "Self-image and beliefs"}
    assert not theirs & {"What we sell", "How it works", "Why we exist", "Character", "Voice", "Rivals"}
    assert not _asked_about("Said pains", "why do I always burn it")
    assert _asked_about("What we sell", "why do I need this")
