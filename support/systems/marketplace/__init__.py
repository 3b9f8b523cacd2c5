"""The Marketplace: tickets to the sellers who sell and send on kmart.com.au themselves."""
