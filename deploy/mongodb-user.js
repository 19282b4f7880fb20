// Run once, when the database is new: the account of the bot, which may use its own database and nothing else.
const password = fs.readFileSync('/run/keys/mongodb_password', 'utf8');
db.getSiblingDB('elevate').createUser({
  user: 'elevate',
  pwd: password,
  roles: [
    { role: 'readWrite', db: 'elevate' },
    { role: 'dbAdmin', db: 'elevate' }, // indexes and validators
  ],
});
