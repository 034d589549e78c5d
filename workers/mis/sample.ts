/**
 * A file to try the import with: eight invented pupils, telephone numbers of Ofcom's range for drama, and
 * one number with a digit missing, so that a newcomer sees how a mistake is reported.
 */
export const SAMPLE_CSV = [
  [
    'UPN',
    'Admission Number',
    'Surname',
    'Forename',
    'Preferred Forename',
    'Date of Birth',
    'Gender',
    'Year Group',
    'Registration Group',
    'Contact 1 Title',
    'Contact 1 Forename',
    'Contact 1 Surname',
    'Contact 1 Relationship',
    'Contact 1 Parental Responsibility',
    'Contact 1 Mobile',
    'Contact 1 Email',
    'Contact 2 Title',
    'Contact 2 Forename',
    'Contact 2 Surname',
    'Contact 2 Relationship',
    'Contact 2 Parental Responsibility',
    'Contact 2 Mobile',
    'Contact 2 Email',
  ].join(','),
  'D999299926001,A1001,Sandhu,Jasleen,,04/02/2018,F,Year 4,4A,Mrs,Harpreet,Sandhu,Mother,' +
    'Yes,07700 900801,harpreet.sandhu@example.com,Mr,Gurdeep,Sandhu,Father,Yes,07700 900802,' +
    'gurdeep.sandhu@example.com',
  'T999299926002,A1002,Sandhu,Arjan,,19/10/2020,M,Year 1,1B,Mrs,Harpreet,Sandhu,Mother,Yes,' +
    '07700 900801,harpreet.sandhu@example.com,Mr,Gurdeep,Sandhu,Father,Yes,07700 900802,' +
    'gurdeep.sandhu@example.com',
  "G999299926003,A1003,O'Connell,Niamh,,27/05/2017,F,Year 5,5A,Ms,Aoife,O'Connell,Mother," +
    'Yes,07700 900803,,Mr,Declan,Reilly,Father,Yes,07700 900804,declan.reilly@example.com',
  'W999299926004,A1004,Baptiste,Theodore,Theo,11/12/2016,M,Year 5,5A,Dr,Simone,Baptiste,' +
    'Mother,Yes,07700 900805,simone.baptiste@example.com,,,,,,,',
  'K999299926005,A1005,Wójcik,Lena,,30/08/2019,F,Year 3,3B,Mrs,Agata,Wójcik,Mother,Yes,' +
    '07700 900806,agata.wojcik@example.com,Mrs,Irena,Nowicka,Grandmother,No,07700 900807,',
  'Z999299926006,A1006,Farah,Yusuf,,02/01/2021,M,Reception,RA,Mrs,Hodan,Farah,Mother,Yes,' +
    '07700 90080,hodan.farah@example.com,Mr,Abdi,Farah,Father,Yes,07700 900809,',
  'N999299926007,A1007,Whitlock,Poppy,,15/03/2018,F,Year 4,4A,Mr,Graham,Whitlock,Father,' +
    'Yes,07700 900810,graham.whitlock@example.com,,,,,,,',
  'C999299926008,A1008,Chaudhry,Zain,,21/07/2017,M,Year 5,5A,Mrs,Rabia,Chaudhry,Mother,Yes,' +
    '07700 900811,rabia.chaudhry@example.com,Mr,Imran,Chaudhry,Father,Yes,07700 900812,',
]
  .map((line) => `${line}\r\n`)
  .join('')
