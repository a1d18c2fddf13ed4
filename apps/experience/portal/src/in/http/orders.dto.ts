import { IsOptional, IsString, Length } from 'class-validator';
import { OrderContent } from '#contracts/orders/orders.dto';

export class PlaceOrderRequest extends OrderContent {
  /**
   * A reservation of the caller that this order stands for: what it holds becomes the order's, once, and what the order does
   * not want is free again. One that has ended gives nothing; the order is then served like any other.
   */
  @IsOptional() @IsString() @Length(1, 100) reservation?: string;
}
