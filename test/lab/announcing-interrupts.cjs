// Loaded before a program: says when it begins to listen to Ctrl-C.
process.on('newListener', (event) => {
  if (event === 'SIGINT') process.stderr.write('Listens to SIGINT.\n');
});
