"""Who finds what at each route: written down by hand, and held against every route there is.

`+` it is his to use, whatever becomes of this form; `-` 403; `0` 404, as for what is not there; `>` off to sign in.
"""

# The case lies with the village of `own`, under the township of `below`, in another line than `other`.
ON_THE_PAGES = """
                                                     nobody clerk supervisor technician  own below other
GET  /                                                  >      +      +          +        +    +     +
GET  /list.csv                                          >      +      +          +        +    +     +
GET  /list.xlsx                                         >      +      +          +        +    +     +
GET  /cases/<number>                                    >      +      +          0        +    +     0
POST /cases/<number>/words/<int:statement_id>           >      +      -          0        +    -     0
POST /cases/<number>/assign                             >      +      -          0        -    -     0
POST /cases/<number>/accept                             >      -      -          0        +    -     0
POST /cases/<number>/reply                              >      -      -          0        +    -     0
POST /cases/<number>/close                              >      +      -          0        -    -     0
POST /cases/<number>/outcome                            >      +      -          0        -    -     0
POST /cases/<number>/outcome/away                       >      +      -          0        -    -     0
POST /cases/<number>/release                            >      -      -          0        -    -     0
POST /cases/<number>/bounce                             >      -      -          0        +    -     0
POST /cases/<number>/extension                          >      -      -          0        +    -     0
POST /cases/<number>/extension/decided                  >      -      +          0        -    +     0
POST /cases/<number>/visits                             >      -      -          0        +    -     0
POST /cases/<number>/pause                              >      -      +          0        -    -     0
POST /cases/<number>/resume                             >      -      +          0        -    -     0
POST /cases/<number>/refuse                             >      +      -          0        -    -     0
POST /cases/<number>/withdraw                           >      +      -          0        -    -     0
POST /cases/<number>/merge                              >      +      -          0        -    -     0
POST /cases/<number>/alike                              >      +      -          0        -    -     0
POST /cases/<number>/other-number                       >      +      -          0        +    -     0
POST /cases/<number>/manner                             >      +      -          0        +    -     0
GET  /cases/<number>/sound/<int:statement_id>           >      +      +          0        +    -     0
GET  /cases/<number>/pictures/<int:picture_id>          >      +      +          0        +    -     0
GET  /cases/<number>/sheet                              >      -      +          0        -    -     0
POST /cases/<number>/sheet                              >      -      +          0        -    -     0
POST /cases/<number>/press                              >      -      +          0        -    -     0
GET  /cases/<number>/sound/<int:statement_id>/shape      >      +      +          0        +    -     0
GET  /review                                            >      +      -          -        -    -     -
GET  /review/<number>                                   >      +      -          0        -    -     0
POST /review/<number>                                   >      +      -          0        -    -     0
GET  /call-backs                                        >      +      -          -        +    +     +
POST /call-backs/<int:task_id>                          >      +      0          0        0    0     0
GET  /warnings                                          >      +      +          -        +    +     +
POST /warnings/<number>                                 >      +      +          -        +    +     +
GET  /counter                                           >      +      -          -        +    +     +
POST /counter                                           >      +      -          -        +    +     +
GET  /board                                              >      +      +          -        +    +     +
GET  /board/now                                          >      +      +          -        +    +     +
GET  /board/trend.svg                                    >      +      +          -        +    +     +
GET  /numbers                                            >      +      +          -        +    +     +
GET  /numbers/chart/<figure_id>.svg                      >      +      +          -        +    +     +
GET  /ledger                                            >      +      +          +        -    -     -
GET  /prompts                                           >      -      -          +        -    -     -
POST /prompts/<language>/<name>                         >      -      -          +        -    -     -
POST /prompts/<language>/<name>/away                    >      -      -          +        -    -     -
GET  /prompts/<language>/<name>/sound                   >      -      -          +        -    -     -
GET  /prompts/by-phone                                  >      +      -          +        -    -     -
POST /prompts/by-phone                                  >      +      -          +        -    -     -
GET  /wordings                                          >      -      +          +        -    -     -
GET  /wordings/<purpose>                                >      -      +          +        -    -     -
POST /wordings/<purpose>/preview                        >      -      +          +        -    -     -
POST /wordings/<purpose>                                >      -      +          +        -    -     -
GET  /publications                                      >      +      +          -        +    +     +
POST /publications                                      >      +      +          -        +    +     +
GET  /publications/<int:publication_id>                 >      0      0          -        0    0     0
POST /publications/sign                                 >      +      +          -        +    +     +
POST /publications/discard                              >      +      +          -        +    +     +
GET  /admin                                             >      -      -          +        -    -     -
GET  /admin/people                                      >      -      -          +        -    -     -
POST /admin/people                                      >      -      -          +        -    -     -
GET  /admin/people/<int:officer_id>                     >      -      -          +        -    -     -
POST /admin/people/<int:officer_id>                     >      -      -          +        -    -     -
POST /admin/people/<int:officer_id>/password            >      -      -          +        -    -     -
POST /admin/people/<int:officer_id>/end                 >      -      -          +        -    -     -
POST /admin/people/<int:officer_id>/sign-ins            >      -      -          +        -    -     -
GET  /admin/closures                                     >      -      -          +        -    -     -
POST /admin/closures                                     >      -      -          +        -    -     -
POST /admin/closures/away                                >      -      -          +        -    -     -
GET  /admin/rules                                         >      -      -          +        -    -     -
POST /admin/rules/words                                   >      -      -          +        -    -     -
GET  /admin/rules/deadlines/<term>                        >      -      -          +        -    -     -
POST /admin/rules/deadlines/<term>                        >      -      -          +        -    -     -
GET  /admin/rules/matters/<kind>                          >      -      -          +        -    -     -
POST /admin/rules/matters/<kind>                          >      -      -          +        -    -     -
GET  /admin/duty                                         >      -      -          +        -    -     -
POST /admin/duty                                         >      -      -          +        -    -     -
GET  /admin/units                                        >      -      -          +        -    -     -
POST /admin/units/<unit_id>                              >      -      -          +        -    -     -
POST /admin/people/<int:officer_id>/second-step         >      -      -          +        -    -     -
GET  /admin/second-step                                 >      -      -          +        -    -     -
POST /admin/second-step                                 >      -      -          +        -    -     -
POST /admin/second-step/code                            >      -      -          +        -    -     -
POST /admin/second-step/away                            >      -      -          +        -    -     -
GET  /admin/files                                        >      -      -          +        -    -     -
GET  /admin/files/county.zip                             >      -      -          +        -    -     -
POST /admin/files/people                                 >      -      -          +        -    -     -
POST /admin/files/duty-phones                            >      -      -          +        -    -     -
GET  /guide                                             >      +      +          +        +    +     +
GET  /mine                                              >      -      -          -        +    +     +
POST /sign-out                                          >      >      >          >        >    >     >
GET  /sign-in                                           +      +      +          +        +    +     +
POST /sign-in                                           +      +      +          +        +    +     +
POST /sign-in/code                                      +      +      +          +        +    +     +
GET  /village                                            +      +      +          +        +    +     +
GET  /village/progress                                  +      +      +          +        +    +     +
POST /village/progress                                  +      +      +          +        +    +     +
GET  /village/affairs                                   +      +      +          +        +    +     +
GET  /village/affairs/<village_id>                      +      +      +          +        +    +     +
GET  /village/affairs/<village_id>/<quarter>            +      +      +          +        +    +     +
GET  /village/affairs/<village_id>/<quarter>/sheet      +      +      +          +        +    +     +
GET  /village/affairs/<village_id>/<quarter>/text       +      +      +          +        +    +     +
GET  /village/outcomes                                  +      +      +          +        +    +     +
GET  /static/<path:filename>                            +      +      +          +        +    +     +
GET  /bootstrap/static/<path:filename>                  +      +      +          +        +    +     +
GET  /healthz                                           +      +      +          +        +    +     +
GET  /readyz                                            +      +      +          +        +    +     +
GET  /metrics                                           +      +      +          +        +    +     +
"""

# An inspector before a case that is held, one that is sealed to her, an ordinary one; `named`: who is named in it.
AT_THE_SEALED_DESK = """
                                                     nobody held sealed ordinary named
GET  /                                                  >     +     +      +       +
GET  /cases/<number>                                    >     +     +      0       0
POST /cases/<number>/words/<int:statement_id>           >     +     +      0       0
POST /cases/<number>/assign                             >     -     -      0       0
POST /cases/<number>/accept                             >     +     +      0       0
POST /cases/<number>/reply                              >     +     +      0       0
POST /cases/<number>/close                              >     +     +      0       0
POST /cases/<number>/release                            >     +     +      0       0
POST /cases/<number>/bounce                             >     -     -      0       0
POST /cases/<number>/extension                          >     -     -      0       0
POST /cases/<number>/extension/decided                  >     -     -      0       0
POST /cases/<number>/pause                              >     -     -      0       0
POST /cases/<number>/resume                             >     -     -      0       0
POST /cases/<number>/refuse                             >     +     +      0       0
POST /cases/<number>/withdraw                           >     +     +      0       0
POST /cases/<number>/merge                              >     -     -      0       0
POST /cases/<number>/alike                              >     -     -      0       0
POST /cases/<number>/other-number                       >     +     +      0       0
POST /cases/<number>/manner                             >     0     0      0       0
POST /cases/<number>/opening                            >     +     +      0       0
POST /cases/<number>/opening/agreed                     >     +     +      0       0
POST /cases/<number>/recusal                            >     +     +      0       0
POST /cases/<number>/committee                          >     +     +      0       0
GET  /cases/<number>/upward                             >     0     0      0       0
POST /cases/<number>/upward                             >     +     +      0       0
POST /cases/<number>/upward/handed                      >     +     +      0       0
GET  /upward                                            >     +     +      +       +
GET  /leads                                             >     +     +      +       +
GET  /cases/<number>/sound/<int:statement_id>           >     +     -      0       0
GET  /cases/<number>/sound/<int:statement_id>/shape      >     +     -      0       0
GET  /cases/<number>/pictures/<int:picture_id>          >     0     0      0       0
GET  /cases/<number>/sheet                              >     +     +      0       0
POST /cases/<number>/sheet                              >     +     +      0       0
POST /cases/<number>/press                              >     +     +      0       0
GET  /call-backs                                        >     +     +      +       +
POST /call-backs/<int:task_id>                          >     0     0      0       0
GET  /guide                                             >     +     +      +       +
GET  /warnings                                          >     +     +      +       +
POST /warnings/<number>                                 >     +     +      +       +
GET  /keys                                              >     +     +      +       +
POST /keys/<int:officer_id>                             >     +     +      +       +
GET  /sign-in                                           +     +     +      +       +
POST /sign-in                                           +     +     +      +       +
GET  /sign-in/code                                      >     >     >      >       >
POST /sign-in/code                                      +     +     +      +       +
POST /sign-out                                          >     >     >      >       >
GET  /static/<path:filename>                            +     +     +      +       +
GET  /bootstrap/static/<path:filename>                  +     +     +      +       +
GET  /healthz                                           +     +     +      +       +
GET  /readyz                                            +     +     +      +       +
"""

# What the carrier's signature opens; without it every one is 403, but for what a technician's monitoring asks.
ITS_OWN = """
GET  /healthz
GET  /readyz
POST /twilio/voice
POST /twilio/voice/key
POST /twilio/voice/part
POST /twilio/voice/quiet
POST /twilio/voice/waited
POST /twilio/voice/rung
POST /twilio/voice/whisper
POST /twilio/voice/take
GET  /twilio/voice/sound/<int:part_id>
POST /twilio/voice/recording
POST /twilio/voice/ended
POST /twilio/out/<int:order_id>/<int:turn_no>
POST /twilio/out/<int:order_id>/<int:turn_no>/taken
POST /twilio/out/<int:order_id>/<int:turn_no>/ended
GET  /twilio/prompts/<language>/<name>
POST /twilio/announcing
POST /twilio/announcing/key
POST /twilio/announcing/part
POST /twilio/announcing/quiet
POST /twilio/announcing/waited
GET  /twilio/announcing/sound/<int:part_id>
POST /twilio/sms
POST /twilio/sms/receipt
"""
OPEN = {"/healthz", "/readyz"}
