"""WhatsApp (Cloud API) and Messenger, both through Meta's Graph API."""
