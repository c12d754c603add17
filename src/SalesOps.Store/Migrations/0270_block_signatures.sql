-- An ECDSA P-256 signature (DER) of a block's hash, made when it was sealed, and which key made it: the first 16
-- hexadecimal digits of the SHA-256 of the public key's SubjectPublicKeyInfo. Absent where no key was configured.
alter table notary_block add signature bytea, add key_id varchar;
