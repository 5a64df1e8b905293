const words = (list: string): string[] => list.split(" ");

/** The words of which names of pets are made: adverbs, an adjective, and an animal. */
export const ADVERBS = words(
    "barely briefly brightly calmly clearly closely early easily equally exactly fairly finally firmly friendly fully gently gladly happily kindly lately lightly likely loudly mainly merely mostly neatly newly nicely openly partly quickly quietly rarely really safely shortly simply slowly smoothly softly steadily suddenly surely truly vastly warmly wholly widely",
);
export const ADJECTIVES = words(
    "able active alert amazing ample apt balanced better big bold brave bright calm careful caring charming cheerful clean clear clever cool cosmic creative crisp curious daring dear decent deep eager easy exact fair famous fast fine firm first fit fleet fluent fond frank free fresh gentle glad golden good grand great happy helpful honest humble ideal keen kind large light live lively loyal lucky merry mighty modern neat nice noble novel open patient polite proud quick quiet rapid ready real rich right sharp smart social solid steady still strong sunny super sure sweet tidy tough trusty valid warm wise witty worthy",
);
export const NAMES = words(
    "adder alpaca ant ape badger bass bat bear beetle bird bison boar bobcat buck bug bull camel cat chicken cobra cod condor cow coyote crab crane cricket crow deer dingo doe dog dolphin donkey dove duck eagle eel egret elf elk emu ewe falcon fawn ferret finch fish flea fly foal fox frog gecko gnat goat goose gopher grouse grub gull hare hawk hen heron hippo hog horse hound ibex iguana impala jackal jaguar kangaroo kid kite kitten koala lamb lark leopard lion lizard llama lobster lynx macaw maggot mako mammal mantis marlin marmot martin mink mole monkey moose moth mouse mule newt ocelot octopus orca osprey owl ox oyster panda parrot pig pigeon pony puma pup python quail rabbit raccoon ram rat raven ray rhino robin rooster salmon seal shark sheep shrew shrimp skunk sloth slug snail snake sparrow spider squid stag starfish stork sunbird swan swift tapir tick tiger titmouse toad tortoise toucan trout tuna turkey turtle viper vulture walrus warthog wasp weasel whale wolf wombat worm yak zebra",
);
