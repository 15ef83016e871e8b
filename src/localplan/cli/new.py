"""`localplan new`: start the answers file of a plan."""



